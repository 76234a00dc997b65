// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.instrumentation.proxy.AdvisingPostProcessor;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.aop.Pointcut;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FeaturePostProcessor} and {@link FeatureInterceptor}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FeaturePostProcessorTests {

	static final Supplier<@Nullable LlmCustomer> NOBODY = () -> null;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private <T> T bean(Class<T> type, Class<?>... others) {
		((DefaultListableBeanFactory) this.context.getBeanFactory()).setAllowCircularReferences(true);
		AnnotationConfigUtils.registerAnnotationConfigProcessors(this.context);
		this.context.registerBean(FeaturePostProcessor.class, true, NOBODY);
		this.context.register(type);
		for (Class<?> other : others) {
			this.context.register(other);
		}
		this.context.refresh();
		return this.context.getBean(type);
	}

	@AfterEach
	void close() {
		this.context.close();
		assertThat(LlmContext.current().feature()).isNull();
	}

	@Test
	void annotatedMethodRunsUnderItsFeature() {
		assertThat(bean(Methods.class).annotated()).isEqualTo("method");
	}

	@Test
	void methodWithoutAnnotationRunsUnderNone() {
		assertThat(bean(Methods.class).plain()).isNull();
	}

	@Test
	void annotationOnMethodWinsOverTheOneOnItsClass() {
		AnnotatedClass bean = bean(AnnotatedClass.class);
		assertThat(bean.plain()).isEqualTo("class");
		assertThat(bean.annotated()).isEqualTo("method");
	}

	@Test
	void annotationOnInterfaceCounts() {
		assertThat(bean(Implementation.class).declared()).isEqualTo("interface-method");
	}

	@Test
	void composedAnnotationCounts() {
		assertThat(bean(Methods.class).composed()).isEqualTo("composed");
	}

	@Test
	void innerCallWinsOverOuterCallAndGivesItBack() {
		Outer outer = bean(Outer.class, Methods.class);
		assertThat(outer.callInner()).isEqualTo("method");
		assertThat(outer.afterInner()).isEqualTo("outer");
		assertThat(outer.afterFailedInner()).isEqualTo("outer");
	}

	@Test
	void exceptionReachesTheCallerUnchanged() {
		Methods bean = bean(Methods.class);
		assertThatIllegalStateException().isThrownBy(bean::fail).isSameAs(Methods.FAILURE);
	}

	@Test
	void monoRunsUnderTheFeatureOnTheSubscribingThread() {
		assertThat(bean(Methods.class).mono().block()).isEqualTo("mono");
	}

	@Test
	void fluxCarriesTheFeatureToOtherThreads() {
		Flux<String> flux = bean(Methods.class).fluxOnAnotherThread();
		assertThat(flux.collectList().block()).containsExactly("flux");
		assertThat(flux.collectList().subscribeOn(Schedulers.parallel()).block()).containsExactly("flux");
	}

	@Test
	void whatTheCallerDoesWithTheItemsIsNotPartOfTheFeature() {
		Flux<String> items = bean(Methods.class).flux().map((item) -> item + "/" + LlmContext.current().feature());
		assertThat(items.collectList().block()).containsExactly("flux/null", "flux/null");
		try (LlmContextScope scope = LlmContext.feature("caller").open()) {
			assertThat(items.collectList().block()).containsExactly("flux/caller", "flux/caller");
		}
	}

	@Test
	void demandThatTheCallerRaisesLaterStillRunsUnderTheFeature() {
		Flux<String> items = bean(Methods.class).flux().limitRate(1);
		assertThat(items.collectList().block()).containsExactly("flux", "flux");
	}

	@Test
	void everyItemOfNestedMethodsFindsTheFeatureOfItsLevel() {
		Flux<String> items = bean(Outer.class, Methods.class).innerFlux()
			.map((item) -> item + "/" + LlmContext.current().feature());
		try (LlmContextScope scope = LlmContext.feature("caller").open()) {
			assertThat(items.collectList().block()).containsExactly("flux/outer-flux/caller", "flux/outer-flux/caller");
		}
	}

	@Test
	void errorOfAFluxReachesTheSubscriberOutsideOfTheFeature() {
		RuntimeException failure = new IllegalStateException();
		List<String> features = new ArrayList<>();
		Flux<String> flux = bean(Methods.class).failingFlux(failure)
			.doOnError((ex) -> features.add(String.valueOf(LlmContext.current().feature())));
		assertThatIllegalStateException().isThrownBy(flux::blockLast).isSameAs(failure);
		assertThat(features).containsExactly("null");
	}

	@Test
	void itemThatComesLaterFindsTheFeatureOfWhoeverEmitsIt() {
		Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
		List<String> features = new ArrayList<>();
		try (LlmContextScope scope = LlmContext.feature("subscriber").open()) {
			bean(Methods.class).fluxOf(source)
				.subscribe((item) -> features.add(String.valueOf(LlmContext.current().feature())));
		}
		try (LlmContextScope scope = LlmContext.feature("emitter").open()) {
			source.tryEmitNext("item");
		}
		assertThat(features).containsExactly("emitter");
	}

	@Test
	void cancellationReachesTheSourceUnderTheFeature() {
		List<String> features = new ArrayList<>();
		bean(Methods.class).endlessFlux(features).take(1).blockLast();
		assertThat(features).containsExactly("endless");
	}

	@Test
	void innerReactiveMethodWinsOverTheOuterOne() {
		assertThat(bean(Outer.class, Methods.class).innerMono().block()).isEqualTo("mono/outer-mono");
	}

	@Test
	void classIsKeptForInjectionByClass() {
		assertThat(AopUtils.isCglibProxy(bean(Implementation.class))).isTrue();
	}

	@Test
	void finalClassIsLeftAloneAndReported(CapturedOutput output) {
		assertThat(bean(FinalClass.class).annotated()).isNull();
		assertThat(output).containsOnlyOnce("@LlmFeature has no effect on bean");
	}

	@Test
	void streamOfASpecialKindIsLeftAlone() {
		Methods bean = bean(Methods.class);
		assertThat(bean.hot()).isNotNull();
		ConnectableFlux<String> hot = Flux.just("item").publish();
		assertThat(bean.same(hot)).isSameAs(hot);
	}

	@Test
	void blankNameIsNone() {
		assertThat(AopUtils.isAopProxy(bean(BlankName.class))).isFalse();
	}

	@Test
	void privateMethodThatSpringCallsIsNoReasonToFail(CapturedOutput output) {
		assertThat(bean(PrivateListener.class).heard).isTrue();
		assertThat(output).containsOnlyOnce("@LlmFeature has no effect on bean");
	}

	@Test
	void configurationClassIsProxied() {
		assertThat(bean(AnnotatedConfiguration.class).annotated()).isEqualTo("configuration");
	}

	@Test
	void classWithoutAnnotationIsLeftAlone() {
		assertThat(AopUtils.isAopProxy(bean(Plain.class))).isFalse();
	}

	@Test
	void beanThatIsProxiedAlreadyGetsNoSecondProxy() {
		Methods bean = bean(ProxiedAlready.class).context.getBean(Methods.class);
		assertThat(AopUtils.getTargetClass(bean)).isEqualTo(Methods.class);
		assertThat(bean.annotated()).isEqualTo("method");
	}

	@Test
	void beanThatCannotBeProxiedIsUsedAsItIs(CapturedOutput output) {
		AdvisingPostProcessor postProcessor = new AdvisingPostProcessor() {

			@Override
			protected MethodInterceptor interceptorFor(String beanName, Class<?> targetClass) {
				throw new IllegalStateException();
			}

			@Override
			protected boolean mayHaveInterceptor(Class<?> type) {
				return true;
			}

			@Override
			protected Pointcut pointcut() {
				return Pointcut.TRUE;
			}

			@Override
			protected Object adviseFinalClass(Object bean, String beanName, MethodInterceptor interceptor) {
				return bean;
			}

		};
		Object bean = new Object();
		assertThat(postProcessor.postProcessAfterInitialization(bean, "name")).isSameAs(bean);
		assertThat(output).containsOnlyOnce("Bean 'name' is used as it is");
	}

	@Test
	void circularReferenceIsResolvedWithTheSameProxy() {
		CircularA bean = bean(CircularA.class, CircularB.class);
		assertThat(this.context.getBean(CircularB.class).other).isSameAs(bean);
		assertThat(bean.annotated()).isEqualTo("circular");
	}

	@Retention(RetentionPolicy.RUNTIME)
	@LlmFeature("composed")
	@interface Composed {

	}

	static class Plain {

	}

	static class BlankName {

		@LlmFeature("  ")
		void annotated() {
		}

	}

	static class PrivateListener {

		private boolean heard;

		@LlmFeature("listener")
		void annotated() {
		}

		@EventListener
		private void on(ContextRefreshedEvent event) {
			this.heard = true;
		}

	}

	@Configuration
	static class AnnotatedConfiguration {

		@LlmFeature("configuration")
		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

	}

	static class Methods {

		private static final RuntimeException FAILURE = new IllegalStateException("failed");

		@LlmFeature(" method ")
		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

		@Composed
		@Nullable String composed() {
			return LlmContext.current().feature();
		}

		@Nullable String plain() {
			return LlmContext.current().feature();
		}

		@LlmFeature("failing")
		void fail() {
			throw FAILURE;
		}

		@LlmFeature("mono")
		Mono<String> mono() {
			return Mono.fromCallable(() -> LlmContext.current().feature());
		}

		@LlmFeature("flux")
		Flux<String> flux() {
			return Flux.<String, Integer>generate(() -> 0, (count, items) -> {
				items.next(String.valueOf(LlmContext.current().feature()));
				if (count == 1) {
					items.complete();
				}
				return count + 1;
			});
		}

		@LlmFeature("failing-flux")
		Flux<String> failingFlux(RuntimeException failure) {
			return Flux.error(failure);
		}

		@LlmFeature("hot")
		ConnectableFlux<String> hot() {
			return Flux.just("item").publish();
		}

		@LlmFeature("same")
		<T> T same(T value) {
			return value;
		}

		@LlmFeature("late")
		Flux<String> fluxOf(Sinks.Many<String> source) {
			return source.asFlux();
		}

		@LlmFeature("endless")
		Flux<String> endlessFlux(List<String> cancelledUnder) {
			return Flux.just("item")
				.repeat()
				.doOnCancel(() -> cancelledUnder.add(String.valueOf(LlmContext.current().feature())));
		}

		@LlmFeature("flux")
		Flux<String> fluxOnAnotherThread() {
			return Flux.deferContextual((context) -> Flux.just(LlmContext.of(context).feature()))
				.subscribeOn(Schedulers.boundedElastic());
		}

	}

	@LlmFeature("class")
	static class AnnotatedClass extends Methods {

	}

	interface Declaration {

		@LlmFeature("interface-method")
		@Nullable String declared();

	}

	static class Implementation implements Declaration {

		@Override
		public @Nullable String declared() {
			return LlmContext.current().feature();
		}

	}

	static class Outer {

		@Autowired
		private Methods methods;

		@LlmFeature("outer")
		@Nullable String callInner() {
			return this.methods.annotated();
		}

		@LlmFeature("outer")
		@Nullable String afterInner() {
			this.methods.annotated();
			return LlmContext.current().feature();
		}

		@LlmFeature("outer")
		@Nullable String afterFailedInner() {
			assertThatIllegalStateException().isThrownBy(this.methods::fail);
			return LlmContext.current().feature();
		}

		@LlmFeature("outer-flux")
		Flux<String> innerFlux() {
			return this.methods.flux().map((inner) -> inner + "/" + LlmContext.current().feature());
		}

		@LlmFeature("outer-mono")
		Mono<String> innerMono() {
			return this.methods.mono().map((inner) -> inner + "/" + LlmContext.current().feature());
		}

	}

	static final class FinalClass {

		@LlmFeature("final")
		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxiedAlready {

		@Autowired
		private ApplicationContext context;

		@Bean
		static Methods methods() {
			ProxyFactory proxyFactory = new ProxyFactory(new Methods());
			proxyFactory.setProxyTargetClass(true);
			proxyFactory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
			return (Methods) proxyFactory.getProxy();
		}

	}

	static class CircularA {

		@Autowired
		private CircularB other;

		@LlmFeature("circular")
		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

	}

	static class CircularB {

		@Autowired
		private CircularA other;

	}

}
