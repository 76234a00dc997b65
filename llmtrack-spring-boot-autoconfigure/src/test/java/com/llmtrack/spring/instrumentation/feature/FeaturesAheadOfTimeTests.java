// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Predicate;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.testsupport.AheadOfTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what {@link FeaturePostProcessor} does when an application is built, and that
 * annotations work when it runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class FeaturesAheadOfTimeTests {

	private final FeaturePostProcessor postProcessor = new FeaturePostProcessor(true, FeaturePostProcessorTests.NOBODY);

	private static AheadOfTime application;

	private static String outputOfBuild;

	@BeforeAll
	static void build(CapturedOutput output) {
		application = AheadOfTime.processed(Application.class);
		outputOfBuild = output.toString();
	}

	@Test
	void beanThatGetsNoClassProxyKeepsItsType() {
		for (Class<?> type : List.of(FinalBean.class, Plain.class, Question.class, AbstractBean.class)) {
			assertThat(this.postProcessor.determineBeanType(type, "bean")).isSameAs(type);
		}
	}

	@Test
	void proxyOfSomebodyElseIsKept() {
		ProxyFactory factory = new ProxyFactory(new Built());
		factory.setProxyTargetClass(true);
		Class<?> type = factory.getProxy().getClass();
		assertThat(this.postProcessor.determineBeanType(type, "bean")).isSameAs(type);
	}

	@Test
	void classThatCannotBeProxiedFailsNoBuild(CapturedOutput output) {
		assertThat(this.postProcessor.determineBeanType(WithoutConstructor.class, "bean"))
			.isSameAs(WithoutConstructor.class);
		assertThat(output).containsOnlyOnce("Bean 'bean' has no proxy that was made ahead of time");
	}

	@Test
	void classProxiesAreGenerated() {
		for (Class<?> type : List.of(Built.class, BuiltWithPlaceholder.class, Configured.class)) {
			String proxy = type.getName() + "$$SpringCGLIB$$" + ((type == Configured.class) ? 1 : 0);
			assertThat(application.files().getGeneratedFiles(GeneratedFiles.Kind.CLASS))
				.containsKey(proxy.replace('.', '/') + ".class");
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(TypeReference.of(proxy))
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(application.hints());
		}
	}

	@Test
	void annotatedMethodsAreFound() throws Exception {
		for (Method method : List.of(Built.class.getDeclaredMethod("answer"),
				FinalBean.class.getDeclaredMethod("answer"), Composed.class.getDeclaredMethod("answer"),
				Question.class.getDeclaredMethod("answer"))) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).accepts(application.hints());
		}
		assertThat(RuntimeHintsPredicates.reflection().onType(AnnotatedClass.class)).accepts(application.hints());
	}

	@Test
	void beansThatAreKnownByAnInterfaceOnlyAreReplaced() {
		assertThat(proxyOf(Question.class)).accepts(application.hints());
		assertThat(proxyOf(OtherQuestion.class)).accepts(application.hints());
	}

	@Test
	void placeholdersAreResolvedByTheRun() {
		assertThat(outputOfBuild).doesNotContain("WARN");
		for (String name : List.of("first", "second")) {
			try (ConfigurableApplicationContext context = application.run("example.feature=" + name)) {
				assertThat(context.getBean(BuiltWithPlaceholder.class).answer()).isEqualTo(name);
			}
		}
	}

	@Test
	void annotationsWorkInTheRun() {
		try (ConfigurableApplicationContext context = application.run("example.feature=name")) {
			assertThat(context.getBean(Built.class).answer()).isEqualTo("built");
			assertThat(context.getBean(Composed.class).answer()).isEqualTo("composed");
			assertThat(context.getBean(AnnotatedClass.class).answer()).isEqualTo("class");
			assertThat(context.getBean(Configured.class).answer()).isEqualTo("configured");
			assertThat(context.getBean("question", Question.class).answer()).isEqualTo("question");
			assertThat(context.getBean(OtherQuestion.class).answer()).isEqualTo("other");
			assertThat(AopUtils.isAopProxy(context.getBean(Plain.class))).isFalse();
		}
	}

	private static Predicate<RuntimeHints> proxyOf(Class<?> type) {
		return RuntimeHintsPredicates.proxies().forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(type));
	}

	@Retention(RetentionPolicy.RUNTIME)
	@LlmFeature("")
	@interface Feature {

		@AliasFor(annotation = LlmFeature.class, attribute = "value")
		String name();

	}

	interface Question {

		@LlmFeature("question")
		String answer();

	}

	interface OtherQuestion {

		@LlmFeature("other")
		String answer();

	}

	static class Built {

		@LlmFeature("built")
		String answer() {
			return LlmContext.current().feature();
		}

	}

	static class BuiltWithPlaceholder {

		@LlmFeature("${example.feature}")
		String answer() {
			return LlmContext.current().feature();
		}

	}

	static class Composed {

		@Feature(name = "composed")
		String answer() {
			return LlmContext.current().feature();
		}

	}

	@LlmFeature("class")
	static class AnnotatedClass {

		String answer() {
			return LlmContext.current().feature();
		}

	}

	static final class FinalBean {

		@LlmFeature("final")
		String answer() {
			return LlmContext.current().feature();
		}

	}

	abstract static class AbstractBean extends Built {

	}

	/**
	 * A class that seems to be open but which a proxy cannot extend.
	 */
	static class WithoutConstructor extends Built {

		private WithoutConstructor() {
		}

		private static final class Extended extends WithoutConstructor {

		}

	}

	static class Plain {

	}

	/**
	 * A bean that is known by its interface only, as a client of a web service is.
	 */
	static class OtherQuestions implements FactoryBean<OtherQuestion> {

		@Override
		public OtherQuestion getObject() {
			return (OtherQuestion) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { OtherQuestion.class },
					(proxy, method, arguments) -> LlmContext.current().feature());
		}

		@Override
		public Class<?> getObjectType() {
			return OtherQuestion.class;
		}

	}

	@Configuration
	static class Configured {

		@LlmFeature("configured")
		String answer() {
			return LlmContext.current().feature();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Configured.class)
	static class Application {

		@Bean
		static FeaturePostProcessor featurePostProcessor() {
			return new FeaturePostProcessor(true, FeaturePostProcessorTests.NOBODY);
		}

		@Bean
		Built built() {
			return new Built();
		}

		@Bean
		BuiltWithPlaceholder builtWithPlaceholder() {
			return new BuiltWithPlaceholder();
		}

		@Bean
		Composed composed() {
			return new Composed();
		}

		@Bean
		AnnotatedClass annotatedClass() {
			return new AnnotatedClass();
		}

		@Bean
		FinalBean finalBean() {
			return new FinalBean();
		}

		@Bean
		Question question() {
			return () -> LlmContext.current().feature();
		}

		@Bean
		OtherQuestions otherQuestion() {
			return new OtherQuestions();
		}

		@Bean
		Plain plain() {
			return new Plain();
		}

	}

}
