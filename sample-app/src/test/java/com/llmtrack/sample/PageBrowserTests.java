// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.test.LlmTrackAnswer;
import com.llmtrack.spring.test.LlmTrackServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a browser, as people use it.
 */
@Tag("browser")
@ExtendWith(ChromiumCondition.class)
@SpringBootTest(useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PageBrowserTests {

	private static final int FIRST_REQUESTS = 6;

	private static final String LATEST = "#events tbody tr:first-child ";

	@TempDir
	private static Path userData;

	private static Chromium browser;

	@Autowired
	private LlmTrackServer llmTrack;

	@Autowired
	private LlmTrackEndpoint endpoint;

	@LocalServerPort
	private int port;

	private int before;

	@BeforeAll
	static void startBrowser() {
		browser = new Chromium(userData);
	}

	@AfterAll
	static void stopBrowser() {
		browser.close();
	}

	@BeforeEach
	void openPage() {
		this.before = this.llmTrack.await(FIRST_REQUESTS, Duration.ofSeconds(30)).size();
		openPage(1280, "light");
	}

	private void openPage(int width, String colorScheme) {
		browser.open("http://localhost:" + this.port, width, 900, colorScheme);
		await(() -> assertThat(events()).isEqualTo(this.before));
		await(() -> assertThat(browser.text("#state")).isEqualTo("active"));
	}

	@AfterEach
	void recover() {
		this.llmTrack.answer(LlmTrackAnswer.created());
		this.endpoint.perform(LlmTrackEndpoint.Action.RESUME);
		await(() -> assertThat(this.endpoint.report().events()).containsEntry("pending", 0));
	}

	@AfterEach
	void consoleIsSilent() {
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void pageShowsWhatWasReceivedSinceTheStart() {
		assertThat(browser.text("#events tbody")).contains("openai · gpt-4o-mini", "openai · no-such-model", "error");
		assertThat(browser.findAll("#by-feature tbody tr")).hasSize(5);
		assertThat(browser.text("#total-requests")).isEqualTo(String.valueOf(this.before));
		assertThat(browser.text("#log")).contains("LLMtrack instruments 1 model bean");
		assertThat(browser.text("#see-lead")).contains("stand-in", "not LLMtrack's own dashboard");
	}

	@Test
	void answerStreamsInAndItsEventAppears() {
		browser.click("#send");
		awaitEnd("Done in");
		assertThat(browser.text("#answer")).startsWith("This is what a model could say").endsWith("real one.");
		assertThat((Long) browser.evaluate("return document.getElementById('answer').childNodes.length"))
			.isGreaterThan(5);
		awaitEvents(1);
		assertThat(browser.text(LATEST)).contains("support-chat", "success", " ms");
		await(() -> assertThat(browser.text("#total-requests")).isEqualTo(String.valueOf(this.before)));
	}

	@Test
	void requestIsMadeForTheChosenCustomer() {
		browser.choose("customer-initech");
		browser.click("#send");
		awaitEnd("Done in");
		awaitEvents(1);
		assertThat(browser.text(LATEST)).contains("support-chat", "initech · openai");
		await(() -> assertThat(browser.text("#by-customer tbody")).contains("initech"));
		browser.choose("feature-summary");
		assertThat(browser.find("#customers").isDisplayed()).isFalse();
	}

	@Test
	void eventIsShownAsJson() {
		browser.click(LATEST + "button");
		assertThat(browser.text("#event-json")).contains("\"provider\": \"openai\"", "\"metadata\": {");
		browser.focused().sendKeys(Keys.ESCAPE);
		assertThat(browser.find("#event-dialog").isDisplayed()).isFalse();
	}

	@Test
	void failedRequestIsShownAndTracked() {
		browser.choose("mode-fails");
		browser.click("#send");
		awaitEnd("Failed after");
		assertThat(browser.text("#answer")).contains("The model could not answer");
		awaitEvents(1);
		assertThat(browser.text(LATEST)).contains("support-chat", "error");
		// The browser itself says that there was a 502
		assertThat(browser.console()).hasSize(1).first().asString().contains("502");
	}

	@Test
	void cancelledRequestIsTrackedAsCancelled() {
		browser.choose("mode-cancelled");
		browser.click("#send");
		awaitEnd("Cancelled after");
		awaitEvents(1);
		assertThat(browser.text(LATEST)).contains("support-chat", "cancelled");
	}

	@Test
	void slowRequestCanBeCancelled() {
		browser.choose("mode-slow");
		browser.click("#send");
		await(() -> assertThat(browser.text("#answer")).startsWith("This is"));
		browser.click("#cancel");
		awaitEnd("Cancelled after");
		awaitEvents(1);
		assertThat(browser.text(LATEST)).contains("cancelled");
	}

	@Test
	void requestWithAToolGivesTwoEvents() {
		browser.choose("feature-order-status");
		assertThat(browser.text("#source")).contains("@LlmFeature(\"order-status\")", "tools");
		browser.click("#send");
		awaitEnd("Done in");
		assertThat(browser.text("#answer")).contains("Order 4711 left");
		awaitEvents(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "401 key_refused", "500 waiting" })
	void breakAndRecoveryAreShown(String answerAndState) {
		String[] words = answerAndState.split(" ");
		browser.choose("answer-" + words[0]);
		browser.click("#request");
		await(() -> assertThat(browser.text("#state")).isEqualTo(words[1]));
		await(() -> assertThat(browser.text("#pending")).isEqualTo("1"));
		assertThat(browser.text("#problem")).contains("HTTP " + words[0]);
		assertThat(browser.text("#log li:last-child")).contains("HTTP " + words[0],
				"Pending events are kept in memory: 1");
		assertThat(events()).isEqualTo(this.before);
		browser.choose("answer-usual");
		browser.click("#resume");
		await(() -> assertThat(browser.text("#state")).isEqualTo("active"));
		await(() -> assertThat(browser.text("#pending")).isEqualTo("0"));
		assertThat(browser.text("#log li:last-child")).contains("LLMtrack takes events again");
		awaitEvents(1);
	}

	@Test
	void budgetFillsUpAndRefusesRequests() {
		// It may have been used up before
		browser.click("#spend");
		await(() -> assertThat(browser.find("#spend").isEnabled()).isTrue());
		await(() -> assertThat(browser.text("#budget-spent")).isNotEqualTo("$0.000000"));
		browser.click("#use-up");
		await(() -> assertThat(browser.text("#limit-progress")).isEqualTo("Refused"));
		assertThat(browser.text("#refusal")).startsWith("Budget 'trial': ").contains("of 0.0002 USD spent");
		await(() -> assertThat(browser.text("#budget-state")).isEqualTo("exceeded"));
		assertThat(browser.text("#budget-limit")).isEqualTo("$0.000200");
		await(() -> assertThat(browser.text("#budget-refused")).isNotEqualTo("0"));
		assertThat(browser.text("#log")).contains("Budget 'trial'");
		// The browser itself says that there was a 429
		assertThat(browser.console()).allSatisfy((line) -> assertThat(line).asString().contains("429"));
	}

	@Test
	void hostileTextStaysText() {
		String hostile = "<img src=x onerror=\"document.title='taken over'\"><script>document.title='too'</script>";
		browser.find("#prompt").clear();
		browser.find("#prompt").sendKeys(hostile);
		browser.click("#send");
		awaitEnd("Done in");
		assertThat(browser.text("#answer")).contains(hostile);
		assertThat(browser.findAll("#answer *")).isEmpty();
		assertThat(browser.evaluate("return document.title")).isEqualTo("LLMtrack for Spring, the sample");
		awaitEvents(1);
	}

	@Test
	void keyboardIsEnough() {
		browser.find("body").sendKeys(Keys.TAB);
		assertThat(browser.focused().getDomProperty("id")).isEqualTo("feature-support-chat");
		browser.focused().sendKeys(Keys.ARROW_RIGHT);
		assertThat(browser.text("#source")).contains("@LlmFeature(\"summary\")");
		while (!"send".equals(browser.focused().getDomProperty("id"))) {
			browser.focused().sendKeys(Keys.TAB);
		}
		browser.focused().sendKeys(Keys.ENTER);
		awaitEnd("Done in");
		awaitEvents(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 320, 390, 768, 1280 })
	void nothingIsWiderThanThePage(int width) {
		openPage(width, "light");
		assertThat(browser.evaluate("return document.documentElement.scrollWidth")).isEqualTo((long) width);
	}

	/**
	 * New rows of the table push the others down, and that is all that moves.
	 */
	@Test
	void nothingJumpsWhileThePageLoads() {
		assertThat((List<?>) browser.evaluate("""
				const observer = new PerformanceObserver(() => { });
				observer.observe({ type: 'layout-shift', buffered: true });
				return observer.takeRecords()
					.flatMap((shift) => shift.sources)
					.filter(({ node }) => !(node?.parentElement ?? node)?.closest('#events'))
					.map(({ node, previousRect, currentRect }) =>
						`${node?.nodeName} ${node?.id} ${previousRect.y} ${currentRect.y}`);
				""")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void textCanBeRead(String colorScheme) {
		openPage(1280, colorScheme);
		boolean dark = colorScheme.equals("dark");
		assertThat(browser.evaluate("return getComputedStyle(document.body).backgroundColor"))
			.isEqualTo(dark ? "rgb(14, 17, 22)" : "rgb(244, 246, 249)");
		assertThat((List<?>) browser.evaluate(CONTRASTS)).isEmpty();
	}

	@Test
	void screenshotsAreTaken() {
		useEachFeature();
		// Of the same cause, there is a line in the log once a minute
		breakAndRecoveryAreShown("402 plan_exhausted");
		browser.choose("feature-support-chat");
		browser.choose("mode-usual");
		browser.click("#send");
		awaitEnd("Done in");
		awaitEvents(1);
		await(() -> assertThat(browser.text("#delivered")).isEqualTo(browser.text("#total-requests")));
		browser.takeScreenshot("desktop-light");
		openPage(1280, "dark");
		browser.takeScreenshot("desktop-dark");
		openPage(390, "light");
		browser.takeScreenshot("phone");
	}

	private void useEachFeature() {
		for (String feature : List.of("story", "summary", "order-status", "translation", "summary", "story")) {
			browser.choose("feature-" + feature);
			browser.click("#send");
			await(() -> assertThat(browser.find("#send").isEnabled()).isTrue());
			awaitEvents(feature.equals("order-status") ? 2 : 1);
		}
		browser.choose("feature-support-chat");
		cancelledRequestIsTrackedAsCancelled();
		browser.console();
	}

	private int events() {
		return browser.findAll("#events tbody tr").size();
	}

	/**
	 * Wait for events to appear, no more of them than are expected.
	 */
	private void awaitEvents(int more) {
		this.llmTrack.await(this.before + more, Duration.ofSeconds(30));
		this.before += more;
		await(() -> assertThat(events()).isEqualTo(this.before));
	}

	private void awaitEnd(String progress) {
		await(() -> assertThat(browser.text("#progress")).startsWith(progress));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

	/** Texts with less contrast than WCAG AA wants, 4.5 to 1, disabled controls aside. */
	private static final String CONTRASTS = """
			const channel = (value) => (value <= 0.04045) ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
			const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
			const luminance = ([red, green, blue]) =>
				0.2126 * channel(red / 255) + 0.7152 * channel(green / 255) + 0.0722 * channel(blue / 255);
			const background = (element) => {
				const color = numbers(getComputedStyle(element).backgroundColor);
				return (color.length < 4 || !element.parentElement) ? color : background(element.parentElement);
			};
			const contrast = (element) => {
				const [dark, light] = [luminance(numbers(getComputedStyle(element).color)), luminance(background(element))].sort();
				return (light + 0.05) / (dark + 0.05);
			};
			const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
			return [...document.querySelectorAll('body *')]
				.filter((element) => hasText(element) && !element.disabled && element.checkVisibility())
				.filter((element) => contrast(element) < 4.5)
				.map((element) => `${element.tagName} ${element.id} ${element.className} ${contrast(element)}`);
			""";

}
