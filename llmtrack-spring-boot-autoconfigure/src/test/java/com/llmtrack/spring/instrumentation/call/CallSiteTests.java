// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.example.desk.FrontDesk;
import com.example.shop.Shop;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmRequestRecording;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import org.apache.cluster.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.samples.clinic.Clinic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that requests without a feature are reported by call site.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallSiteTests extends AbstractApplicationTests {

	private static final String NOWHERE = "no application code on the stack";

	@Test
	void requestsAreCountedByCallSiteAndReportedOnce(CapturedOutput output) {
		try (ConfigurableApplicationContext context = startShop()) {
			Shop shop = context.getBean(Shop.class);
			for (int i = 0; i < 3; i++) {
				assertThat(shop.answer()).isEqualTo("Hello");
			}
			assertThat(shop.recommend()).isEqualTo("Hello");
			Map<String, Long> sites = sites(context);
			assertThat(sites).hasSize(2).containsValues(3L, 1L);
			sites.forEach((site, count) -> assertThat(site)
				.startsWith("com.example.shop.Shop." + ((count == 3) ? "answer(" : "recommend(")));
			assertThat(sites.keySet()).allMatch((site) -> site.matches(".*\\(Shop\\.java:[1-9]\\d*\\)"));
		}
		assertThat(reports(output)).hasSize(2).allMatch((line) -> line.contains(" INFO "));
		assertThat(reports(output).get(0)).contains("come from com.example.shop.Shop.answer(Shop.java:",
				"@LlmFeature(\"…\")", "report-missing-features=false");
	}

	@Test
	void placeInTheApplicationsOwnPackagesComesFirst() {
		try (ConfigurableApplicationContext context = start((beans) -> {
			beans.registerBean(Shop.class);
			AutoConfigurationPackages.register(beans, "com.example.desk");
		})) {
			FrontDesk.ask(context.getBean(Shop.class)::answer);
			assertThat(sites(context).keySet()).singleElement()
				.asString()
				.startsWith("com.example.desk.FrontDesk.ask(FrontDesk.java:");
		}
	}

	@Test
	void applicationsOwnPackageMayLookLikeALibrarys() {
		try (ConfigurableApplicationContext context = start((beans) -> {
			beans.registerBean(Cluster.class);
			AutoConfigurationPackages.register(beans, "org.apache.cluster");
		})) {
			context.getBean(Cluster.class).elect();
			assertThat(sites(context).keySet()).singleElement()
				.asString()
				.startsWith("org.apache.cluster.Cluster.elect(Cluster.java:");
		}
	}

	@Test
	void samplesOfSpringAreApplicationsEvenIfTheirPackagesAreUnknown() {
		try (ConfigurableApplicationContext context = start((beans) -> beans.registerBean(Clinic.class))) {
			context.getBean(Clinic.class).diagnose();
			assertThat(sites(context).keySet()).singleElement()
				.asString()
				.startsWith("org.springframework.samples.clinic.Clinic.diagnose(Clinic.java:");
		}
	}

	@Test
	void annotatedMethodIsNone(CapturedOutput output) {
		try (ConfigurableApplicationContext context = startShop()) {
			context.getBean(Shop.class).search();
			LlmContext.feature("other").run(context.getBean(Shop.class)::answer);
			servers.awaitEvents(2);
			assertThat(sites(context)).isEmpty();
		}
		assertThat(reports(output)).isEmpty();
	}

	@Test
	void streamIsReportedWhereItIsSubscribedTo() {
		openAiStreams();
		try (ConfigurableApplicationContext context = startShop()) {
			assertThat(context.getBean(Shop.class).story()).isEqualTo("Hello");
			assertThat(sites(context).keySet()).singleElement().asString().contains("Shop.story(Shop.java:");
		}
	}

	@Test
	void streamThatALibrarySubscribesToIsReportedToo(CapturedOutput output) {
		openAiStreams();
		try (ConfigurableApplicationContext context = startShop()) {
			Flux<String> stream = context.getBean(Shop.class).stream();
			stream.subscribeOn(Schedulers.boundedElastic()).blockLast();
			stream.subscribeOn(Schedulers.parallel()).blockLast();
			assertThat(sites(context)).containsExactly(Map.entry(NOWHERE, 2L));
		}
		assertThat(reports(output)).singleElement()
			.asString()
			.contains(NOWHERE + ". Annotate the method that returns the Mono or Flux with @LlmFeature(\"…\");");
	}

	@Test
	void requestOnAnotherThreadIsReportedByItsOwnFrames() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (ConfigurableApplicationContext context = startShop()) {
			context.getBean(Shop.class).answerOn(executor);
			assertThat(sites(context).keySet()).singleElement().asString().contains("Shop.answer(Shop.java:");
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void requestByHandIsReportedUnlessItSaysItsFeature() {
		try (ConfigurableApplicationContext context = startShop()) {
			LlmUsageRecorder recorder = context.getBean(LlmUsageRecorder.class);
			FrontDesk.ask(() -> record(recorder.begin("openai", "gpt-4o-mini").feature("import")));
			assertThat(sites(context)).isEmpty();
			FrontDesk.ask(() -> record(recorder.begin("openai", "gpt-4o-mini")));
			assertThat(sites(context).keySet()).singleElement().asString().contains("FrontDesk.ask(FrontDesk.java:");
		}
	}

	private static String record(LlmRequestRecording request) {
		request.record();
		return "Hello";
	}

	@Test
	void nothingIsMissingWithADefaultFeature(CapturedOutput output) {
		try (ConfigurableApplicationContext context = startShop("llmtrack.default-feature=other")) {
			context.getBean(Shop.class).answer();
			assertThat(sites(context)).isEmpty();
		}
		assertThat(reports(output)).isEmpty();
	}

	@Test
	void blankFeaturesAreNone() {
		try (ConfigurableApplicationContext context = startShop("llmtrack.default-feature=")) {
			LlmContext.feature(" ").run(context.getBean(Shop.class)::answer);
			assertThat(sites(context)).hasSize(1);
			assertThat(servers.awaitEvent().has("metadata")).isFalse();
		}
	}

	@Test
	void canBeSwitchedOff(CapturedOutput output) {
		try (ConfigurableApplicationContext context = startShop(
				"llmtrack.instrumentation.report-missing-features=false")) {
			context.getBean(Shop.class).answer();
			servers.awaitEvent();
			assertThat(sites(context)).isEmpty();
		}
		assertThat(reports(output)).isEmpty();
	}

	private static ConfigurableApplicationContext startShop(String... properties) {
		return start((context) -> context.registerBean(Shop.class), properties);
	}

	private static Map<String, Long> sites(ConfigurableApplicationContext context) {
		return context.getBean(InstrumentedModels.class).callSitesWithoutFeature();
	}

	private static List<String> reports(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("Model requests without a feature")).toList();
	}

}
