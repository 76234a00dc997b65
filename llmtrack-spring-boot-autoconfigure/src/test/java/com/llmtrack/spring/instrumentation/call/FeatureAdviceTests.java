// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.example.help.AnnotatedDesk;
import com.example.help.HelpDesk;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which place is named for requests without a feature, and what is advised. Each
 * test has a place of its own, which is logged once.
 */
class FeatureAdviceTests extends AbstractApplicationTests {

	private static final String ANNOTATE = "Annotate the method, or one that calls it through a Spring bean, "
			+ "with @LlmFeature(\"…\");";

	private static final String PROPERTY = "spring.reactor.context-propagation=auto";

	private static final ExecutorService executor = Executors.newSingleThreadExecutor();

	private static ConfigurableApplicationContext context;

	private static HelpDesk desk;

	private static AnnotatedDesk annotatedDesk;

	@BeforeAll
	static void start() {
		context = start((beans) -> {
			AutoConfigurationPackages.register(beans, "com.example.help");
			beans.registerBean(HelpDesk.class);
			beans.registerBean(AnnotatedDesk.class);
			beans.registerBean(AnnotatedDesk.OfClass.class);
		});
		desk = context.getBean(HelpDesk.class);
		annotatedDesk = context.getBean(AnnotatedDesk.class);
	}

	@AfterAll
	static void close() {
		context.close();
		executor.shutdown();
	}

	@BeforeEach
	void answer() {
		servers.openAi().answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 3, 2));
	}

	@Test
	void methodThatAsksIsNamedAndNotItsAdvisor(CapturedOutput output) {
		desk.askAdvised();
		assertThat(advice(output, "HelpDesk.askAdvised(HelpDesk.java:")).startsWith(ANNOTATE);
		assertThat(output).doesNotContain("PolitenessAdvisor");
	}

	@Test
	void advisorIsNamedIfThereIsNothingElse(CapturedOutput output) {
		desk.streamAdvised()
			.subscribeOn(Schedulers.boundedElastic())
			.contextWrite(LlmContext.feature("story")::writeTo)
			.blockLast();
		assertThat(advice(output, "PolitenessAdvisor.adviseStream(PolitenessAdvisor.java:")).startsWith(
				"Annotate the method that returns the Mono or Flux with @LlmFeature(\"…\") and set " + PROPERTY + ";");
	}

	@Test
	void lambdaOnItsMethodsThreadIsTheMethods(CapturedOutput output) {
		desk.sequential();
		assertThat(advice(output, "HelpDesk.sequential(HelpDesk.java:")).startsWith(ANNOTATE);
	}

	@Test
	void executorIsAdvisedForLambdaOnAnotherThread(CapturedOutput output) {
		CompletableFuture.runAsync(desk::parallel, executor).join();
		assertThat(advice(output, "HelpDesk.parallel(HelpDesk.java:"))
			.startsWith("It runs as a task: annotate the method that starts it with @LlmFeature(\"…\"), and wrap the "
					+ "task with LlmContext.current().wrap(…), or its executor with LlmContext.propagating(…);");
	}

	@Test
	void executorIsAdvisedForMethodOnAnotherThread(CapturedOutput output) {
		desk.methodOn(executor);
		assertThat(advice(output, "HelpDesk.ask(HelpDesk.java:")).contains("LlmContext.current().wrap(…)");
	}

	@Test
	void scopeIsAdvisedForLambdaOnAThreadOfALibrary(CapturedOutput output) {
		desk.inBackground().join();
		assertThat(advice(output, "HelpDesk.inBackground(HelpDesk.java:"))
			.startsWith("It runs outside of the method: use LlmContext.feature(\"…\").run(…) inside it;");
	}

	@Test
	void reasonIsToldWithoutApplicationCode(CapturedOutput output) {
		CompletableFuture.runAsync(() -> desk.chatModel().call("Hi"), executor).join();
		assertThat(output).contains("come from no application code on the stack. It runs as a task: annotate the "
				+ "method that starts it with @LlmFeature(\"…\")");
		Mono.fromCallable(() -> desk.chatModel().call("Hi")).subscribeOn(Schedulers.boundedElastic()).block();
		assertThat(output).contains("come from no application code on the stack. Annotate the method that returns the "
				+ "Mono or Flux with @LlmFeature(\"…\") and set " + PROPERTY);
	}

	@Test
	void scopeIsAdvisedForLambdaOfABeanMethodOfTheClassThatStartsTheApplication(CapturedOutput output) {
		desk.runner();
		assertThat(advice(output, "HelpDesk.runnerBean(HelpDesk.java:"))
			.startsWith("It runs outside of the method: use LlmContext.feature(\"…\").run(…) inside it;");
	}

	@Test
	void scopeIsAdvisedForLambdaWhoseMethodHasReturned(CapturedOutput output) {
		desk.later().get();
		assertThat(advice(output, "HelpDesk.later(HelpDesk.java:"))
			.startsWith("It runs outside of the method: use LlmContext.feature(\"…\").run(…) inside it;");
	}

	@Test
	void classInsideAMethodIsTheMethods(CapturedOutput output) {
		desk.laterInAnonymousClass().get();
		assertThat(advice(output, "HelpDesk.laterInAnonymousClass(HelpDesk.java:"))
			.startsWith("It runs outside of the method");
	}

	@Test
	void lambdaOfKotlinIsItsFunctions(CapturedOutput output) {
		desk.chat$lambda$0();
		assertThat(advice(output, "HelpDesk.chat(HelpDesk.java:")).startsWith("It runs outside of the method");
	}

	@Test
	void propertyIsAdvisedForBlockingRequestInAChain(CapturedOutput output) {
		desk.blockingInChain().block();
		assertThat(advice(output, "HelpDesk.blockingInChain(HelpDesk.java:")).startsWith(
				"Annotate the method that returns the Mono or Flux with @LlmFeature(\"…\") and set " + PROPERTY + ";");
	}

	@Test
	void propertyIsNotAdvisedOnTheThreadOfTheMethod(CapturedOutput output) {
		desk.blockingOnOwnThread();
		assertThat(advice(output, "HelpDesk.blockingOnOwnThread(HelpDesk.java:")).startsWith(ANNOTATE);
	}

	@Test
	void streamIsNamedWhereItIsAssembled(CapturedOutput output) {
		Flux<String> stream = desk.stream();
		assertThat(output).doesNotContain("Model requests without a feature");
		stream.subscribeOn(Schedulers.boundedElastic()).blockLast();
		stream.subscribeOn(Schedulers.parallel()).blockLast();
		assertThat(advice(output, "HelpDesk.stream(HelpDesk.java:")).startsWith(ANNOTATE);
		assertThat(count("HelpDesk.stream(")).isEqualTo(2);
	}

	@Test
	void streamIsNotCountedWhereItIsAssembledIfItsSubscriberHasAFeature(CapturedOutput output) {
		desk.featuredStream().contextWrite(LlmContext.feature("story")::writeTo).blockLast();
		assertThat(output).doesNotContain("Model requests without a feature");
		assertThat(count("HelpDesk.featuredStream(")).isZero();
	}

	@Test
	void deferredStreamNeedsNoProperty(CapturedOutput output) {
		desk.deferredStream().blockLast();
		assertThat(advice(output, "HelpDesk.deferredStream(HelpDesk.java:"))
			.startsWith("Annotate the method that returns the Mono or Flux with @LlmFeature(\"…\");");
	}

	@Test
	void callOfOwnBeanIsRecognized(CapturedOutput output) {
		annotatedDesk.askAll(List.of("Hi"));
		assertThat(advice(output, "AnnotatedDesk.ask(AnnotatedDesk.java:"))
			.startsWith("AnnotatedDesk.ask is annotated, but was called by its own bean, not through Spring's proxy: "
					+ "move it to another bean, or use LlmContext.feature(\"…\").run(…);");
	}

	@Test
	void annotationOfAnotherMethodOfThatNameDoesNotCount(CapturedOutput output) {
		annotatedDesk.ask();
		assertThat(advice(output, "AnnotatedDesk.ask(AnnotatedDesk.java:")).startsWith(ANNOTATE);
	}

	@Test
	void objectThatIsNoBeanIsRecognized(CapturedOutput output) {
		new AnnotatedDesk(desk.chatModel()).reply();
		assertThat(advice(output, "AnnotatedDesk.reply(AnnotatedDesk.java:")).startsWith(
				"AnnotatedDesk.reply is annotated, but was not called through Spring's proxy: that needs a bean whose "
						+ "class is not final; or use LlmContext.feature(\"…\").run(…);");
	}

	@Test
	void scopeWithoutFeatureInsideAnAnnotatedMethodIsRecognized(CapturedOutput output) {
		annotatedDesk.withoutFeature();
		assertThat(advice(output, "AnnotatedDesk.withoutFeature(AnnotatedDesk.java:")).startsWith(
				"AnnotatedDesk.withoutFeature is annotated, but with a blank name, or a scope without a feature "
						+ "is open inside it;");
	}

	@Test
	void propertyIsAdvisedForAnnotatedMethod(CapturedOutput output) {
		annotatedDesk.mono().block();
		assertThat(advice(output, "AnnotatedDesk.mono(AnnotatedDesk.java:")).startsWith(
				"AnnotatedDesk.mono is annotated, but the request is made on another thread: set " + PROPERTY + ";");
	}

	@Test
	void propertyIsAdvisedForAnnotatedClass(CapturedOutput output) {
		context.getBean(AnnotatedDesk.OfClass.class).mono().block();
		assertThat(advice(output, "AnnotatedDesk$OfClass.ask(AnnotatedDesk.java:"))
			.startsWith("AnnotatedDesk.OfClass.ask is annotated, but the request is made on another thread: set "
					+ PROPERTY + ";");
	}

	@Test
	void propertyIsNotAdvisedIfItIsSet(CapturedOutput output) {
		Hooks.enableAutomaticContextPropagation();
		try {
			annotatedDesk.propagated().block();
			assertThat(output).doesNotContain("Model requests without a feature");
			desk.blockingInPropagatingChain().block();
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
		assertThat(advice(output, "HelpDesk.blockingInPropagatingChain(HelpDesk.java:"))
			.startsWith("Annotate the method that returns the Mono or Flux with @LlmFeature(\"…\");");
	}

	@Test
	void wrappingIsAdvisedForTaskOfAnnotatedMethod(CapturedOutput output) {
		annotatedDesk.task(executor).join();
		assertThat(advice(output, "AnnotatedDesk.task(AnnotatedDesk.java:"))
			.startsWith("AnnotatedDesk.task is annotated, but the request is made on another thread: wrap the task "
					+ "with LlmContext.current().wrap(…), or its executor with LlmContext.propagating(…);");
	}

	@Test
	void wrappingIsNotAdvisedForWrappedTaskOfObjectThatIsNoBean(CapturedOutput output) {
		new AnnotatedDesk(desk.chatModel()).wrappedTask(LlmContext.propagating(executor)).join();
		assertThat(advice(output, "AnnotatedDesk.wrappedTask(AnnotatedDesk.java:")).startsWith(
				"AnnotatedDesk.wrappedTask is annotated, but was not called through Spring's proxy: that needs a bean "
						+ "whose class is not final;");
	}

	@Test
	void wrappingIsNotAdvisedForWrappedTask(CapturedOutput output) {
		CompletableFuture.runAsync(LlmContext.current().wrap(desk::wrapped), executor).join();
		assertThat(advice(output, "HelpDesk.wrapped(HelpDesk.java:"))
			.startsWith("It runs as a task: annotate the method that starts it with @LlmFeature(\"…\");");
	}

	@Test
	void wrappingIsAdvisedForStreamThatAnAnnotatedMethodSubscribesTo(CapturedOutput output) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		annotatedDesk.inBackground(() -> done.complete(null));
		done.join();
		assertThat(advice(output, "AnnotatedDesk.inBackground(AnnotatedDesk.java:"))
			.startsWith("AnnotatedDesk.inBackground is annotated, but the request is made on another thread: wrap the "
					+ "stream with LlmContext.current().wrap(…);");
	}

	@Test
	void resultThatIsConsumedLaterIsRecognized(CapturedOutput output) {
		assertThat(annotatedDesk.answers().toList()).containsExactly("Hello");
		assertThat(advice(output, "AnnotatedDesk.answers(AnnotatedDesk.java:")).startsWith(
				"AnnotatedDesk.answers is annotated, but the request is made outside of it: consume results in the "
						+ "method, and wrap tasks with LlmContext.current().wrap(…);");
	}

	/**
	 * Return what is advised for the only new place.
	 */
	private static String advice(CapturedOutput output, String place) {
		String start = "Model requests without a feature come from com.example.help." + place;
		List<String> lines = output.getOut()
			.lines()
			.filter((line) -> line.contains("Model requests without a feature"))
			.toList();
		assertThat(lines).singleElement().asString().contains(start, " INFO ", "report-missing-features=false");
		return lines.get(0).replaceFirst(".*?:\\d+\\)\\. ", "");
	}

	private static long count(String place) {
		Map<String, Long> sites = context.getBean(InstrumentedModels.class).callSitesWithoutFeature();
		return sites.entrySet()
			.stream()
			.filter((site) -> site.getKey().contains(place))
			.collect(Collectors.summingLong(Map.Entry::getValue));
	}

}
