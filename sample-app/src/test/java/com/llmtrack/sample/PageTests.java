// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.test.LlmTrackServer;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page is made of, over HTTP.
 */
@SpringBootTest(useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PageTests {

	private static final Path STATIC = Path.of("src", "main", "resources", "static");

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private LlmTrackServer llmTrack;

	@LocalServerPort
	private int port;

	private int before;

	@BeforeEach
	void awaitFirstRequests() {
		this.before = this.llmTrack.await(6, Duration.ofSeconds(30)).size();
	}

	@AfterEach
	void takeEventsAgain() {
		send("PUT", "/demo/answer/usual");
		send("POST", "/actuator/llmtrack/resume");
		await().untilAsserted(() -> assertThat(report().at("/events/pending").asInt()).isZero());
	}

	@ParameterizedTest
	@MethodSource("resources")
	void resourceIsServedUnderAStrictPolicy(String resource) {
		HttpResponse<String> response = send("GET", "/" + resource);
		assertThat(response.statusCode()).isEqualTo(200);
		assertStrictPolicy(response);
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/demo", "/summary", "/actuator/llmtrack", "/no-such-path" })
	void everythingIsServedUnderAStrictPolicy(String path) {
		assertStrictPolicy(send("GET", path));
	}

	private static void assertStrictPolicy(HttpResponse<String> response) {
		assertThat(response.headers().firstValue("Content-Security-Policy"))
			.hasValueSatisfying((policy) -> assertThat(policy)
				.contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
				.doesNotContain("unsafe", "http", "data:"));
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
	}

	@ParameterizedTest
	@MethodSource("resources")
	void resourceNamesNoOtherHostAndWritesNoMarkup(String resource) throws Exception {
		String text = Files.readString(STATIC.resolve(resource)).replace("http://www.w3.org/2000/svg", "");
		assertThat(text).doesNotContainPattern("(?i)https?:|url\\(|//\\w+\\.\\w")
			.doesNotContainPattern(
					"(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(| style=| on\\w+=\"");
	}

	static Stream<String> resources() throws IOException {
		try (Stream<Path> files = Files.walk(STATIC)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> STATIC.relativize(file).toString().replace('\\', '/'))
				.sorted()
				.toList()
				.stream();
		}
	}

	@Test
	void eachFeatureIsShownWithTheMethodBehindIt() throws Exception {
		JsonNode sources = json(send("GET", "/demo")).get("sources");
		List<String> features = Arrays.stream(Assistant.class.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(LlmFeature.class))
			.map((method) -> method.getAnnotation(LlmFeature.class).value())
			.toList();
		assertThat(sources.propertyNames()).containsExactlyInAnyOrderElementsOf(features);
		String source = withoutIndentation(
				Files.readString(Path.of("src", "main", "java", "com", "llmtrack", "sample", "Assistant.java")));
		for (Map.Entry<String, JsonNode> feature : sources.properties()) {
			String method = feature.getValue().asString();
			assertThat(method.lines()).hasSize(4).first().isEqualTo("@LlmFeature(\"" + feature.getKey() + "\")");
			assertThat(source).contains(withoutIndentation(method));
		}
	}

	private static String withoutIndentation(String source) {
		return source.replaceAll("(?m)^\\s+", "");
	}

	@Test
	void pageOffersEachFeature() throws Exception {
		String features = Files.readString(STATIC.resolve("js/features.js"));
		for (String name : json(send("GET", "/demo")).get("sources").propertyNames()) {
			assertThat(features).contains("name: '" + name + "'");
		}
		List<String> paths = Pattern.compile("path: '(\\w+)'")
			.matcher(features)
			.results()
			.map((path) -> path.group(1))
			.toList();
		assertThat(paths).hasSize(5)
			.allSatisfy((path) -> assertThat(send("GET", "/" + path).statusCode()).isNotEqualTo(404));
	}

	@Test
	void receivedEventsAndTheirSumsComeAsTheyArrive() {
		try (EventStream messages = EventStream.open(url("/demo/stream"))) {
			messages.await("totals", (totals) -> true);
			send("GET", "/summary");
			JsonNode received = messages.await("received", (event) -> event.get("number").asInt() == this.before + 1);
			assertThat(received.at("/event/metadata/feature").asString()).isEqualTo("summary");
			assertThat(received.get("time").asString()).isNotEmpty();
			assertThat(received.get("cost").isNumber()).isTrue();
			assertThat(received.at("/event/status").asString()).isEqualTo("success");
			JsonNode totals = messages.await("totals", (sums) -> sum(sums.get("perMinute")) == this.before + 1);
			assertThat(totals.get("perMinute")).hasSize(15);
			assertThat(sum(totals.get("statuses"))).isEqualTo(this.before + 1);
			assertThat(totals.at("/features/summary/requests").asInt()).isPositive();
			assertThat(totals.at("/features/summary/tokens").asInt()).isPositive();
			assertThat(totals.at("/features/summary/cost").asDouble()).isPositive();
			assertThat(totals.at("/customers/acme/tokens").asInt()).isPositive();
			assertThat(totals.at("/customers/globex/cost").asDouble()).isPositive();
			assertThat(totals.at("/customers/nobody/requests").asInt()).isPositive();
		}
	}

	@Test
	void costIsThatOfThePriceList() {
		try (EventStream messages = EventStream.open(url("/demo/stream"))) {
			JsonNode received = messages.await("received", (event) -> event.at("/event/total_tokens").isNumber());
			double prompt = received.at("/event/prompt_tokens").asDouble();
			double completion = received.at("/event/completion_tokens").asDouble();
			assertThat(received.get("cost").asDouble()).isCloseTo((0.15 * prompt + 0.60 * completion) / 1_000_000,
					Offset.offset(1e-12));
		}
	}

	@Test
	void budgetIsUsedUpAndRefusesRequests() {
		HttpResponse<String> response = send("GET", "/order?customer=trial");
		for (int requests = 1; requests < 20 && response.statusCode() == 200; requests++) {
			response = send("GET", "/order?customer=trial");
		}
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 86_400L);
		assertThat(json(response).get("detail").asString()).startsWith("Budget 'trial': ");
		JsonNode budget = report().at("/budgets/0");
		assertThat(budget.get("name").asString()).isEqualTo("trial");
		assertThat(budget.get("state").asString()).isEqualTo("exceeded");
		assertThat(budget.get("refused").asInt()).isPositive();
		assertThat(budget.get("share").asDouble()).isGreaterThanOrEqualTo(1);
		assertThat(send("GET", "/order?customer=acme").statusCode()).isEqualTo(200);
	}

	@Test
	void budgetIsShownAsItIsConfigured() throws Exception {
		String page = Files.readString(STATIC.resolve("index.html"));
		String budget = Files.readString(STATIC.resolveSibling("application.yml"))
			.replaceFirst("(?s).*\n  budgets:\n(.*?)\n\n.*", "$1");
		assertThat(page).contains("llmtrack:\n  budgets:\n" + budget + "</pre>");
	}

	@ParameterizedTest
	@CsvSource({ "500, waiting, can't take events right now", "401, key_refused, refuses the key",
			"402, plan_exhausted, plan limit is reached", "none, waiting, can't take events right now" })
	void breakIsReportedLoggedAndRecoveredFrom(String answer, String state, String line) {
		try (EventStream messages = EventStream.open(url("/demo/stream"))) {
			assertThat(send("PUT", "/demo/answer/" + answer).statusCode()).isEqualTo(200);
			assertThat(json(send("GET", "/demo")).get("answer").asString()).isEqualTo(answer);
			assertThat(send("GET", "/summary").statusCode()).isEqualTo(200);
			await().untilAsserted(() -> {
				assertThat(report().at("/delivery/state").asString()).isEqualTo(state);
				assertThat(report().at("/events/pending").asInt()).isOne();
			});
			messages.await("log", (log) -> log.get("message").asString().contains(line));
			send("PUT", "/demo/answer/usual");
			assertThat(send("POST", "/actuator/llmtrack/resume").statusCode()).isEqualTo(204);
			await().untilAsserted(() -> {
				assertThat(report().at("/delivery/state").asString()).isEqualTo("active");
				assertThat(report().at("/events/pending").asInt()).isZero();
			});
			messages.await("log", (log) -> log.get("message").asString().contains("takes events again"));
		}
	}

	@Test
	void slowAnswersLeaveEventsUnderWay() {
		send("PUT", "/demo/answer/slow");
		send("GET", "/summary");
		await().untilAsserted(() -> assertThat(report().at("/events/inFlight").asInt()).isOne());
	}

	@Test
	void unknownAnswerIsNotFound() {
		assertThat(send("PUT", "/demo/answer/418").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /demo/answer/500", "POST, /actuator/llmtrack/resume", "POST, /actuator/llmtrack/test",
			"GET, /chat", "GET, /demo/stream" })
	void otherSitesAreKeptOut(String method, String path) {
		assertThat(send(method, path, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
		assertThat(send(method, path, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
		assertThat(send(method, path, "Origin", "https://example.com").statusCode()).isEqualTo(403);
		assertThat(send(method, path, "Origin", "null").statusCode()).isEqualTo(403);
		assertThat(json(send("GET", "/demo")).get("answer").asString()).isEqualTo("usual");
	}

	@Test
	void pageItselfAndToolsAreLetIn() {
		assertThat(send("PUT", "/demo/answer/usual", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
		assertThat(send("GET", "/demo", "Sec-Fetch-Site", "none").statusCode()).isEqualTo(200);
		assertThat(send("PUT", "/demo/answer/usual", "Origin", "http://localhost:" + this.port).statusCode())
			.isEqualTo(200);
		assertThat(send("PUT", "/demo/answer/usual").statusCode()).isEqualTo(200);
	}

	@Test
	void otherSitesMayLinkToThePage() {
		assertThat(send("GET", "/", "Sec-Fetch-Site", "cross-site").body()).contains("<title>");
	}

	private static ConditionFactory await() {
		return Awaitility.await().pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(30));
	}

	private static int sum(JsonNode numbers) {
		return numbers.valueStream().mapToInt(JsonNode::asInt).sum();
	}

	private JsonNode report() {
		return json(send("GET", "/actuator/llmtrack"));
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> send(String method, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(url(path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		// A stream that should have been refused has no end
		return this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
	}

	private URI url(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

}
