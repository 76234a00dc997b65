// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The beans of an application with sinks and settings only.
 */
public final class TestBeans {

	private TestBeans() {
	}

	public static ApplicationBeans of(LlmUsageEventSink... sinks) {
		return supplying(() -> Stream.of(sinks), EventSettings::new, InstrumentationSettings::new, List.of());
	}

	public static ApplicationBeans of(LlmUsageEventSink sink, EventSettings events, InstrumentationSettings settings) {
		return supplying(() -> Stream.of(sink), () -> events, () -> settings, List.of());
	}

	public static ApplicationBeans supplying(Supplier<Stream<LlmUsageEventSink>> sinks, Supplier<EventSettings> events,
			Supplier<InstrumentationSettings> settings, Collection<String> packages) {
		return new ApplicationBeans(settings, events, () -> provider(sinks).orderedStream().toList(), () -> null,
				provider(Stream::empty), provider(Stream::empty), provider(Stream::empty), () -> packages,
				(name) -> null, () -> (subscriber) -> null);
	}

	/**
	 * Return beans with a gate, which is looked up when the application is ready.
	 */
	public static ApplicationBeans of(LlmUsageEventSink sink, Supplier<@Nullable RequestGate> gate,
			EventSettings events) {
		return new ApplicationBeans(InstrumentationSettings::new, () -> events, () -> List.of(sink), gate,
				provider(Stream::empty), provider(Stream::empty), provider(Stream::empty), List::of, (name) -> null,
				() -> (subscriber) -> null);
	}

	static ApplicationBeans of(LlmUsageEventSink sink, LlmCustomerResolver customers) {
		return new ApplicationBeans(InstrumentationSettings::new, EventSettings::new, () -> List.of(sink), () -> null,
				provider(() -> Stream.of(customers)), provider(Stream::empty), provider(Stream::empty), List::of,
				(name) -> null, () -> (subscriber) -> null);
	}

	static ApplicationBeans of(LlmUsageEventSink sink, EventSettings events, LlmCustomerResolver customers,
			LlmUsageEventCustomizer customizer) {
		return new ApplicationBeans(InstrumentationSettings::new, () -> events, () -> List.of(sink), () -> null,
				provider(() -> Stream.of(customers)), provider(Stream::empty), provider(() -> Stream.of(customizer)),
				List::of, (name) -> null, () -> (subscriber) -> null);
	}

	private static <T> ObjectProvider<T> provider(Supplier<Stream<T>> beans) {
		return new ObjectProvider<>() {

			@Override
			public Stream<T> stream() {
				return beans.get();
			}

		};
	}

}
