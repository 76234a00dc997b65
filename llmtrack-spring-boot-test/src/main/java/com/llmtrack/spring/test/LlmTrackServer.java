// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for LLMtrack on a loopback port, for tests over real HTTP. Checks key,
 * headers and body as LLMtrack does and as strictly as the starter promises, keeps the
 * accepted events, logs what it receives, and answers as the test wants. An event with a
 * known idempotency key is answered as a duplicate and not kept again.
 * <p>
 * {@code PUT /answer/402} changes the answer over HTTP (200, 201, 400, 401, 402 or 500),
 * to try out a running application by hand.
 * <p>
 * Safe for use by any thread. Its threads are daemons and end with {@link #close()}.
 * Needs Jackson, as the starter does.
 *
 * @since 0.1.0
 */
public final class LlmTrackServer implements AutoCloseable {

	/**
	 * The key that {@link #start()} expects.
	 */
	public static final String DEFAULT_API_KEY = "stand-in-llmtrack-key";

	private static final Log logger = LogFactory.getLog(LlmTrackServer.class);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

	private final String apiKey;

	private final EventContract contract = new EventContract();

	private final ServerAnswers answers = new ServerAnswers();

	private final Recorded<ReceivedEvent> received = new Recorded<>();

	private final Recorded<String> refused = new Recorded<>();

	private final List<Consumer<ReceivedEvent>> listeners = new CopyOnWriteArrayList<>();

	private volatile Function<ReceivedEvent, @Nullable BigDecimal> costs = (event) -> null;

	private final Set<String> idempotencyKeys = ConcurrentHashMap.newKeySet();

	private final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "llmtrack-stand-in");
		thread.setDaemon(true);
		return thread;
	});

	private final HttpServer server;

	private LlmTrackServer(String apiKey) {
		this.apiKey = apiKey;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.executor);
		this.server.createContext("/", new ServerHandler(this, this.answers));
		// On a daemon thread, as the server's own thread becomes what its creator is
		CompletableFuture.runAsync(this.server::start, this.executor).join();
	}

	/**
	 * Start a server on a free port.
	 * @return the server, ready for requests
	 */
	public static LlmTrackServer start() {
		return start(DEFAULT_API_KEY);
	}

	/**
	 * Start a server on a free port.
	 * @param apiKey the only key that is accepted
	 * @return the server, ready for requests
	 */
	public static LlmTrackServer start(String apiKey) {
		return new LlmTrackServer(apiKey);
	}

	/**
	 * Return the value for {@code llmtrack.base-url}.
	 * @return the URL, without a path
	 */
	public URI baseUrl() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	/**
	 * Return the value for {@code llmtrack.api-key}.
	 * @return the only key that is accepted
	 */
	public String apiKey() {
		return this.apiKey;
	}

	/**
	 * Point an application at this server, in a method with
	 * {@code @DynamicPropertySource}: {@code server.registerProperties(registry::add)}.
	 * Sets URL and key, and {@code llmtrack.enabled}, which tests may have set to false.
	 * @param registry the registry that the properties are added to
	 */
	public void registerProperties(BiConsumer<String, Supplier<Object>> registry) {
		registry.accept("llmtrack.enabled", () -> true);
		registry.accept("llmtrack.base-url", this::baseUrl);
		registry.accept("llmtrack.api-key", this::apiKey);
	}

	/**
	 * Change the answer to all events from now on, until {@link #reset()}; initially
	 * {@link LlmTrackAnswer#created()}. Duplicates, events that violate the contract, and
	 * wrong keys are answered as by LLMtrack if the answer would accept the event.
	 * @param answer the answer
	 */
	public void answer(LlmTrackAnswer answer) {
		this.answers.always(answer);
	}

	/**
	 * Change the answers to the next events only, one after the other.
	 * @param next the answers, in their order
	 */
	public void answerNext(LlmTrackAnswer... next) {
		this.answers.next(List.of(next));
	}

	/**
	 * Return the events that were accepted so far, without duplicates.
	 * @return the events in the order of their arrival, a copy
	 */
	public List<ReceivedEvent> received() {
		return this.received.all();
	}

	/**
	 * Add a listener for each event that is accepted from now on, without duplicates.
	 * Called before the event is answered, possibly by several threads at once.
	 * @param listener the listener
	 */
	public void addListener(Consumer<ReceivedEvent> listener) {
		this.listeners.add(listener);
	}

	/**
	 * Change what accepted events cost, which is answered to each of them as LLMtrack
	 * does by its price list; initially, and for {@code null}, the answer has no cost.
	 * Not changed by {@link #reset()}.
	 * @param costs returns the cost of an event's request in US dollars, or {@code null}
	 * if it is unknown; possibly called by several threads at once
	 */
	public void calculateCosts(Function<ReceivedEvent, @Nullable BigDecimal> costs) {
		this.costs = costs;
	}

	/**
	 * Return why requests were refused, as opposed to answers that a test asked for: a
	 * wrong key, or a body that violates the contract.
	 * @return a line per refused request, a copy
	 */
	public List<String> refused() {
		return this.refused.all();
	}

	/**
	 * Wait until events were accepted, for at most 30 seconds.
	 * @param count the minimum number of events
	 * @return all of them
	 * @throws AssertionError if there are fewer after that time
	 */
	public List<ReceivedEvent> await(int count) {
		return await(count, DEFAULT_TIMEOUT);
	}

	/**
	 * Wait until events were accepted.
	 * @param count the minimum number of events
	 * @param timeout the maximum time to wait
	 * @return all of them
	 * @throws AssertionError if there are fewer after that time
	 */
	public List<ReceivedEvent> await(int count, Duration timeout) {
		if (!this.received.await(count, timeout)) {
			throw new AssertionError(
					"Expecting at least %d event(s) within %d ms but there were:%n  %s%nand refused:%n  %s"
						.formatted(count, timeout.toMillis(), received(), refused()));
		}
		return received();
	}

	/**
	 * Clear all events, idempotency keys and answers.
	 */
	public void reset() {
		this.received.clear();
		this.refused.clear();
		this.idempotencyKeys.clear();
		this.answers.reset();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	/**
	 * Handle a request with an event.
	 * @return the answer
	 */
	LlmTrackAnswer ingest(@Nullable String key, @Nullable String contentType, @Nullable String idempotencyKey,
			String body) {
		if (key == null || key.isBlank()) {
			return refuse(LlmTrackAnswer.error(401, "Missing API key"), body);
		}
		if (!key.equals(this.apiKey)) {
			return refuse(LlmTrackAnswer.invalidKey(), body);
		}
		LlmTrackAnswer answer = this.answers.take();
		if (!answer.isAccepting()) {
			logger.info("LLMtrack stand-in: answered " + (answer.isSent() ? answer.status() : "nothing") + " as told");
			return answer;
		}
		List<String> problems = isJson(contentType) ? this.contract.problems(body)
				: List.of("Content-Type must be application/json");
		if (!problems.isEmpty()) {
			return refuse(LlmTrackAnswer.error(400, "Invalid payload: " + String.join("; ", problems)), body);
		}
		if (idempotencyKey != null && !this.idempotencyKeys.add(idempotencyKey)) {
			return LlmTrackAnswer.duplicate();
		}
		logger.info("LLMtrack stand-in: received " + body);
		ReceivedEvent event = new ReceivedEvent(body, idempotencyKey);
		this.received.add(event);
		this.listeners.forEach((listener) -> listener.accept(event));
		BigDecimal cost = this.costs.apply(event);
		return (cost != null) ? answer.withCost(cost) : answer;
	}

	private static boolean isJson(@Nullable String contentType) {
		return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
	}

	private LlmTrackAnswer refuse(LlmTrackAnswer answer, String body) {
		logger.warn("LLMtrack stand-in: refused " + body + " with " + answer);
		this.refused.add(answer + " to " + body);
		return answer;
	}

}
