// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;

import com.example.desk.Desk;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerId;
import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is logged at start about beans on which {@link LlmFeature} has no effect.
 */
@ExtendWith(OutputCaptureExtension.class)
class FeatureReportTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withBean(FeaturePostProcessor.class,
			true, FeaturePostProcessorTests.NOBODY);

	@Test
	void finalClassIsReportedOnce(CapturedOutput output) {
		this.runner.withBean("bean", FinalClass.class)
			.run((context) -> assertThat(context.getBean(FinalClass.class).annotated()).isNull());
		assertReportedOnce(output);
	}

	@Test
	void classWithFinalMethodIsReportedOnce(CapturedOutput output) {
		this.runner.withBean("bean", FinalMethod.class).run((context) -> {
			assertThat(context.getBean(FinalMethod.class).annotated()).isNull();
			assertThat(context.getBean(FinalMethod.class).open()).isNull();
		});
		assertReportedOnce(output);
	}

	@Test
	void recordIsReportedOnce(CapturedOutput output) {
		this.runner.withBean("bean", DeliveryResult.class, () -> new DeliveryResult("text"))
			.run((context) -> assertThat(context.getBean(DeliveryResult.class).text()).isEqualTo("text"));
		assertReportedOnce(output);
	}

	@Test
	void classWithoutAnnotationIsNotReported(CapturedOutput output) {
		this.runner.withBean(Plain.class).run((context) -> assertThat(context).hasSingleBean(Plain.class));
		assertThat(output).doesNotContain("@LlmFeature");
	}

	@Test
	void privateMethodIsReportedOnce(CapturedOutput output) {
		this.runner.withBean("first", PrivateMethod.class).withBean("second", PrivateMethod.class).run((context) -> {
			assertThat(context.getBean("first", PrivateMethod.class).ask()).isNull();
			assertThat(context.getBean("first", PrivateMethod.class).open()).isEqualTo("open-method");
		});
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("@LlmFeature has no effect on " + PrivateMethod.class.getName()
					+ ".annotated(…), because it is private. Call a method of another bean that is annotated, or use "
					+ "LlmContext.feature(\"…\").run(…).");
	}

	@Test
	void staticMethodIsReported(CapturedOutput output) {
		this.runner.withBean(StaticMethod.class).run((context) -> assertThat(StaticMethod.annotated()).isNull());
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains(StaticMethod.class.getName() + ".annotated(…), because it is static.");
	}

	@Test
	void packagePrivateMethodOfAnotherPackageIsReported(CapturedOutput output) {
		this.runner.withBean(Inherited.class)
			.run((context) -> assertThat(Desk.ask(context.getBean(Inherited.class))).isNull());
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains(Desk.class.getName() + ".annotated(…), because it is package-private, and "
					+ Inherited.class.getName() + " is in another package.");
	}

	@Test
	void packagePrivateMethodOfTheSamePackageWorks(CapturedOutput output) {
		this.runner.withBean(PackagePrivate.class).run((context) -> {
			assertThat(context.getBean(PackagePrivate.class).annotated()).isEqualTo("package-private");
			assertThat(context.getBean(PackagePrivate.class).another()).isEqualTo("protected");
		});
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void beanMethodIsReported(CapturedOutput output) {
		this.runner.withUserConfiguration(Beans.class)
			.run((context) -> assertThat(context.getBean(Service.class).answer()).isNull());
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("@LlmFeature has no effect on the requests of the bean that " + Beans.class.getName()
					+ ".service(…) creates. Annotate the class or the methods of the bean, or use "
					+ "LlmContext.feature(\"…\").run(…) in it.");
	}

	@Test
	void annotationOfAParameterIsReportedLikewise(CapturedOutput output) {
		this.runner.withBean("bean", FinalClassWithCustomer.class)
			.withBean(PrivateMethodWithCustomer.class)
			.run((context) -> {
				assertThat(context.getBean(FinalClassWithCustomer.class).ask("4711")).isNull();
				assertThat(context.getBean(PrivateMethodWithCustomer.class).ask("4711")).isNull();
			});
		assertThat(warnings(output)).hasSize(2)
			.anyMatch((line) -> line.contains("@LlmCustomerId has no effect on bean 'bean'"))
			.anyMatch((line) -> line.contains("@LlmCustomerId has no effect on ") && line.contains("it is private"));
	}

	@Test
	void nothingIsReportedIfNothingIsRecorded(CapturedOutput output) {
		new ApplicationContextRunner().withBean(FeaturePostProcessor.class, false, FeaturePostProcessorTests.NOBODY)
			.withBean(PrivateMethod.class)
			.run((context) -> assertThat(context).hasSingleBean(PrivateMethod.class));
		assertThat(warnings(output)).isEmpty();
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains(" has no effect on ")).toList();
	}

	private static void assertReportedOnce(CapturedOutput output) {
		assertThat(output).contains("WARN", "@LlmFeature has no effect on bean 'bean'");
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), "@LlmFeature has no effect")).isEqualTo(1);
	}

	@LlmFeature("final-class")
	static final class FinalClass {

		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

		@Nullable String another() {
			return LlmContext.current().feature();
		}

	}

	static class FinalMethod {

		@LlmFeature("final-method")
		final @Nullable String annotated() {
			return LlmContext.current().feature();
		}

		@LlmFeature("open-method")
		@Nullable String open() {
			return LlmContext.current().feature();
		}

	}

	@LlmFeature("record")
	record DeliveryResult(String text) {
	}

	static final class Plain {

	}

	static final class FinalClassWithCustomer {

		@Nullable LlmCustomer ask(@LlmCustomerId String customer) {
			return LlmContext.current().customer();
		}

	}

	static class PrivateMethodWithCustomer {

		@Nullable LlmCustomer ask(String customer) {
			return answer(customer);
		}

		private @Nullable LlmCustomer answer(@LlmCustomerId String customer) {
			return LlmContext.current().customer();
		}

	}

	static class PrivateMethod {

		@Nullable String ask() {
			return annotated();
		}

		@LlmFeature("private-method")
		private @Nullable String annotated() {
			return LlmContext.current().feature();
		}

		@LlmFeature("open-method")
		@Nullable String open() {
			return LlmContext.current().feature();
		}

	}

	static class StaticMethod {

		@LlmFeature("static-method")
		static @Nullable String annotated() {
			return LlmContext.current().feature();
		}

	}

	static class Inherited extends Desk {

	}

	static class PackagePrivate {

		@LlmFeature("package-private")
		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

		@LlmFeature("protected")
		protected @Nullable String another() {
			return LlmContext.current().feature();
		}

	}

	@Configuration
	static class Beans {

		@Bean
		@LlmFeature("service")
		Service service() {
			return new Service();
		}

	}

	static class Service {

		@Nullable String answer() {
			return LlmContext.current().feature();
		}

	}

}
