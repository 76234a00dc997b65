// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventDispatcher;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures the heap that 10,000 waiting events take, each for a customer of its own and
 * with a string for the model as a JSON parser makes it. Writes the number of bytes to
 * the file that the argument names.
 */
public final class WaitingEvents {

	private static final int EVENTS = 10_000;

	private WaitingEvents() {
	}

	public static void main(String[] args) throws IOException {
		try (ConfigurableApplicationContext context = BenchmarkApplication
			.startWithoutNetwork(Variant.STARTER_QUEUE_FULL)) {
			EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
			long before = heapInUse();
			for (int i = 0; i < EVENTS; i++) {
				dispatcher.record(event(i));
			}
			long after = heapInUse();
			if (dispatcher.getPending() != EVENTS) {
				throw new IllegalStateException(dispatcher.getPending() + " events wait");
			}
			Files.writeString(Path.of(args[0]), Long.toString(after - before));
		}
	}

	private static LlmUsageEvent event(int number) {
		return LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini-".concat("2024-07-18"))
			.tokens(LlmTokenUsage.of(1_000L + number, 2_000L + number, 3_000L + 2 * number))
			.latency(Duration.ofNanos(1_234_567_890L + number))
			.status(LlmRequestStatus.SUCCESS)
			.environment("staging")
			.feature("support-chat")
			.customer(new LlmCustomer("customer-" + number, "Customer " + number))
			.metadata(Map.of("region", "eu"))
			.build();
	}

	private static long heapInUse() {
		for (int i = 0; i < 5; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
