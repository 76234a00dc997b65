// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.time.Duration;
import java.util.Map;

import com.llmtrack.spring.test.LlmTrackAnswer;
import com.llmtrack.spring.test.LlmTrackServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Data for the page beside the application itself, and the switch that makes the stand-in
 * for LLMtrack fail.
 */
@RestController
@RequestMapping("/demo")
class DemoController {

	private static final Map<String, LlmTrackAnswer> ANSWERS = Map.of("usual", LlmTrackAnswer.created(), "500",
			LlmTrackAnswer.failure(), "401", LlmTrackAnswer.invalidKey(), "402", LlmTrackAnswer.planLimitReached(),
			"slow", LlmTrackAnswer.created().after(Duration.ofSeconds(5)), "none", LlmTrackAnswer.connectionClosed());

	/** Also how soon a page that is gone is noticed. */
	private static final Duration TICK = Duration.ofSeconds(10);

	private final ReceivedEvents received = new ReceivedEvents();

	private final Sinks.Empty<Void> closing = Sinks.empty();

	private final Map<String, String> sources = FeatureSources.read();

	private final CapturedLog log;

	private final boolean live;

	private final @Nullable LlmTrackServer llmTrack;

	private volatile String answer = "usual";

	DemoController(CapturedLog log, Environment environment, ObjectProvider<LlmTrackServer> llmTrack) {
		this.log = log;
		this.live = environment.acceptsProfiles(Profiles.of("live"));
		this.llmTrack = llmTrack.getIfAvailable();
		if (this.llmTrack != null) {
			this.llmTrack.addListener(this.received::add);
		}
	}

	@GetMapping
	Demo demo() {
		return new Demo(!this.live, this.llmTrack != null, this.sources, this.answer);
	}

	@PutMapping("/answer/{answer}")
	void answer(@PathVariable String answer) {
		if (this.llmTrack == null || !ANSWERS.containsKey(answer)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		this.llmTrack.answer(ANSWERS.get(answer));
		this.answer = answer;
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> stream() {
		Flux<ServerSentEvent<Object>> events = this.received.events().map((event) -> message("received", event));
		Flux<ServerSentEvent<Object>> totals = Flux
			.merge(Flux.interval(Duration.ZERO, TICK), this.received.events().sample(Duration.ofMillis(200)))
			.map((tick) -> message("totals", this.received.totals()));
		Flux<ServerSentEvent<Object>> lines = this.log.lines().map((line) -> message("log", line));
		return Flux.merge(events, totals, lines)
			.onBackpressureBuffer(2 * ReceivedEvents.HISTORY, BufferOverflowStrategy.DROP_OLDEST)
			.takeUntilOther(this.closing.asMono());
	}

	private static ServerSentEvent<Object> message(String event, Object data) {
		return ServerSentEvent.builder(data).event(event).build();
	}

	/**
	 * End all streams, which a graceful shutdown would wait for, while the executor that
	 * ends them still accepts tasks.
	 */
	@EventListener(ContextClosedEvent.class)
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void close() {
		this.closing.tryEmitEmpty();
	}

	/**
	 * Facts about the demonstration.
	 *
	 * @param modelIsStandIn whether the model is a stand-in
	 * @param llmTrackIsStandIn whether LLMtrack is a stand-in
	 * @param sources the methods behind the features
	 * @param answer the current answer of the stand-in for LLMtrack
	 */
	record Demo(boolean modelIsStandIn, boolean llmTrackIsStandIn, Map<String, String> sources, String answer) {
	}

}
