// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base for tests of {@link EventDispatcher}: after each test, each recorded event must be
 * delivered, dropped or pending, and no thread may be left.
 */
abstract class AbstractEventDispatcherTests {

	static final int MAX_IN_FLIGHT = 4;

	static final DeliverySettings SETTINGS = new DeliverySettings(100, MAX_IN_FLIGHT, Duration.ofSeconds(20));

	final LiveThreads threads = LiveThreads.named("llmtrack-delivery"::equals);

	private final Map<EventDispatcher, FakeTransport> dispatchers = new LinkedHashMap<>();

	EventDispatcher dispatcher(FakeTransport transport) {
		return dispatcher(transport, SETTINGS);
	}

	EventDispatcher dispatcher(FakeTransport transport, DeliverySettings settings) {
		EventDispatcher dispatcher = new EventDispatcher(settings, transport);
		this.dispatchers.put(dispatcher, transport);
		dispatcher.start();
		return dispatcher;
	}

	@AfterEach
	void nothingIsLost() {
		this.dispatchers.forEach((dispatcher, transport) -> {
			awaitBalance(dispatcher);
			transport.recover();
			dispatcher.destroy();
			awaitBalance(dispatcher);
			assertThat(dispatcher.getPending()).isZero();
		});
		this.threads.awaitEnd();
	}

	static void awaitBalance(EventDispatcher dispatcher) {
		DeliveryStatistics statistics = dispatcher.getStatistics();
		Waiting.await()
			.untilAsserted(() -> assertThat(statistics.getDelivered() + dropped(statistics) + dispatcher.getPending())
				.isEqualTo(statistics.getRecorded()));
	}

	private static long dropped(DeliveryStatistics statistics) {
		return Arrays.stream(DropReason.values()).mapToLong(statistics::getDropped).sum();
	}

	static void awaitDelivered(EventDispatcher dispatcher, long events) {
		Waiting.await().untilAsserted(() -> assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(events));
	}

	static void awaitState(EventDispatcher dispatcher, DeliveryState state) {
		Waiting.await().untilAsserted(() -> assertThat(dispatcher.getState()).isEqualTo(state));
	}

	static void record(EventDispatcher dispatcher, int events) {
		for (int i = 0; i < events; i++) {
			dispatcher.record(event("model-" + i));
		}
	}

	static LlmUsageEvent event(String model) {
		return LlmUsageEvent.builder().provider("openai").model(model).build();
	}

	static int occurrences(CharSequence output, String text) {
		return output.toString().split(Pattern.quote(text), -1).length - 1;
	}

}
