// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.lang.reflect.Proxy;
import java.util.List;

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.BeanInstanceSupplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolCallingManagerPostProcessor}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ToolCallingManagerTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class,
						SpringAi1AutoConfiguration.class, ToolCallingAutoConfiguration.class))
		.withBean("sink", LlmUsageEventSink.class, () -> (event) -> {
		});

	@Test
	void springAisManagerGetsProxyOfItsInterface(CapturedOutput output) {
		this.contexts.run((context) -> {
			ToolCallingManager manager = context.getBean(ToolCallingManager.class);
			assertThat(Proxy.isProxyClass(manager.getClass())).isTrue();
			assertThat(AopUtils.getTargetClass(manager)).isEqualTo(DefaultToolCallingManager.class);
			assertThat(manager.resolveToolDefinitions(ToolCallingChatOptions.builder().build())).isEmpty();
			assertThat(output).doesNotContain("can't be proxied");
		});
	}

	@Test
	void managerIsUntouchedWhereLlmTrackIsOff() {
		this.contexts.withPropertyValues("llmtrack.enabled=false")
			.run((context) -> assertThat(context.getBean(ToolCallingManager.class))
				.isExactlyInstanceOf(DefaultToolCallingManager.class));
	}

	@Test
	void applicationStartsWithoutTheInstrumentationThatItExcludes() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class, SpringAi1AutoConfiguration.class,
					ToolCallingAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(ToolCallingManager.class)
				.isExactlyInstanceOf(DefaultToolCallingManager.class));
	}

	@Test
	void managerIsProxiedIfOnlyModelsHandedOverAreInstrumented() {
		this.contexts.withPropertyValues("llmtrack.instrumentation.enabled=false")
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(ToolCallingManager.class))).isTrue());
	}

	@Test
	void ownClassOfManagerCanStillBeInjected(CapturedOutput output) {
		this.contexts.withUserConfiguration(OwnManager.class).run((context) -> {
			assertThat(context.getBean("injected")).isSameAs(context.getBean("ownManager"));
			assertThat(AopUtils.isCglibProxy(context.getBean("ownManager"))).isTrue();
			assertThat(output).doesNotContain("can't be proxied");
		});
	}

	@Test
	void finalClassThatIsDeclaredByAnInterfaceOfTheApplicationGetsProxyOfIt(CapturedOutput output) {
		this.contexts.withUserConfiguration(InterfaceOfTheApplication.class).run((context) -> {
			assertThat(context.getBean(OwnToolCallingManager.class)).matches(AopUtils::isJdkDynamicProxy);
			assertThat(output).doesNotContain("can't be proxied");
		});
	}

	@Test
	void managerThatIsDeclaredByItsFinalClassIsUsedAsItIs(CapturedOutput output) {
		this.contexts.withUserConfiguration(FinalManager.class).run((context) -> {
			assertThat(context.getBean("injected")).isSameAs(context.getBean("finalManager"));
			assertThat(output).containsOnlyOnce("Bean 'finalManager' is used as it is, since its class "
					+ "org.springframework.ai.model.tool.DefaultToolCallingManager can't be proxied");
		});
	}

	@Test
	void managerThatIsCreatedEarlyIsProxied() {
		this.contexts.withUserConfiguration(EarlyManager.class)
			.run((context) -> assertThat(context.getBean(EarlyUser.class).manager)
				.isSameAs(context.getBean(ToolCallingManager.class))
				.matches(AopUtils::isAopProxy));
	}

	@Test
	void managerOfApplicationThatIsProcessedAheadOfTimeIsProxied() {
		RootBeanDefinition definition = new RootBeanDefinition(ToolCallingManager.class);
		definition.setInstanceSupplier(
				BeanInstanceSupplier.<ToolCallingManager>forFactoryMethod(ProcessedManager.class, "processedManager")
					.withGenerator((bean) -> ProcessedManager.processedManager()));
		this.contexts
			.withInitializer((context) -> ((BeanDefinitionRegistry) context.getBeanFactory())
				.registerBeanDefinition("processedManager", definition))
			.run((context) -> assertThat(Proxy.isProxyClass(context.getBean(ToolCallingManager.class).getClass()))
				.isTrue());
	}

	@Test
	void managerThatIsRegisteredByItsInterfaceIsProxied(CapturedOutput output) {
		this.contexts
			.withInitializer((context) -> ((GenericApplicationContext) context).registerBean("registeredManager",
					ToolCallingManager.class, () -> DefaultToolCallingManager.builder().build()))
			.run((context) -> {
				assertThat(context.getBean("registeredManager")).matches(AopUtils::isJdkDynamicProxy);
				assertThat(output).doesNotContain("can't be proxied");
			});
	}

	@Test
	void proxyIsKeptInNativeImages() {
		GenericApplicationContext context = new AnnotationConfigApplicationContext();
		AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader(context);
		reader.register(SpringAi1AutoConfiguration.class, ToolCallingAutoConfiguration.class);
		DefaultGenerationContext generated = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("com.example", "Application")), new InMemoryGeneratedFiles());
		new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
		assertThat(RuntimeHintsPredicates.proxies()
			.forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(ToolCallingManager.class)))
			.accepts(generated.getRuntimeHints());
	}

	@Test
	void toolsThatNoModelRunsAreLeftAlone() {
		this.contexts.withUserConfiguration(OwnManager.class).run((context) -> {
			CountingManager manager = context.getBean("ownManager", CountingManager.class);
			ToolExecutionResult result = manager.executeToolCalls(new Prompt("Hi"), new ChatResponse(List.of()));
			assertThat(result.returnDirect()).isTrue();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnManager {

		@Bean
		CountingManager ownManager() {
			return new CountingManager();
		}

		@Bean
		Object injected(CountingManager manager) {
			return manager;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceOfTheApplication {

		@Bean
		OwnToolCallingManager ownManager() {
			return new FinalToolCallingManager();
		}

	}

	interface OwnToolCallingManager extends ToolCallingManager {

	}

	static final class FinalToolCallingManager extends CountingManager implements OwnToolCallingManager {

	}

	static class ProcessedManager {

		static ToolCallingManager processedManager() {
			return DefaultToolCallingManager.builder().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalManager {

		@Bean
		DefaultToolCallingManager finalManager() {
			return DefaultToolCallingManager.builder().build();
		}

		@Bean
		Object injected(DefaultToolCallingManager manager) {
			return manager;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyManager {

		@Bean
		static EarlyUser earlyUser(ToolCallingManager manager) {
			return new EarlyUser(manager);
		}

	}

	static class EarlyUser implements BeanPostProcessor {

		final ToolCallingManager manager;

		EarlyUser(ToolCallingManager manager) {
			this.manager = manager;
		}

	}

	static class CountingManager implements ToolCallingManager {

		@Override
		public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
			return List.of();
		}

		@Override
		public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
			return ToolExecutionResult.builder().conversationHistory(List.of()).returnDirect(true).build();
		}

	}

}
