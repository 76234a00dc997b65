// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The settings and beans of the application that decide what is recorded, how, and where
 * it goes. The settings are looked up for the first model, everything else for the first
 * call after the application is ready, but for the gate: that is looked up as soon as it
 * is ready. An earlier look-up could create beans too early, or deadlock: a background
 * thread would wait for the container, which waits for that thread. For the same reason
 * no lock is held meanwhile, and two threads may look up the same beans.
 */
public final class ApplicationBeans {

	private final Supplier<InstrumentationSettings> settingsSource;

	private final Supplier<EventSettings> eventSettings;

	private final Supplier<List<LlmUsageEventSink>> sinks;

	private final Supplier<@Nullable RequestGate> gateSource;

	private final ObjectProvider<LlmCustomerResolver> customers;

	private final ObjectProvider<LlmCostCalculator> costs;

	private final ObjectProvider<LlmUsageEventCustomizer> customizers;

	private final Supplier<Collection<String>> packages;

	private final Function<String, @Nullable Object> singletons;

	private final Supplier<TraceSource> traces;

	private volatile @Nullable InstrumentationSettings settings;

	private volatile @Nullable Found found;

	private volatile @Nullable RequestGate gate;

	private volatile boolean ready;

	/**
	 * Create beans that are looked up later.
	 * @param settings supplies what to instrument
	 * @param eventSettings supplies what events look like
	 * @param sinks supplies what takes the events, in order
	 * @param gate supplies what may refuse requests, or {@code null} if nothing does
	 * @param customers the beans that know the customer of a request
	 * @param costs the beans that calculate the cost of a request
	 * @param customizers the beans that change events
	 * @param packages supplies the packages of the application's own code, if known
	 * @param singletons finds a bean by its name, without creating it
	 * @param traces supplies the traces, if events include them
	 */
	public ApplicationBeans(Supplier<InstrumentationSettings> settings, Supplier<EventSettings> eventSettings,
			Supplier<List<LlmUsageEventSink>> sinks, Supplier<@Nullable RequestGate> gate,
			ObjectProvider<LlmCustomerResolver> customers, ObjectProvider<LlmCostCalculator> costs,
			ObjectProvider<LlmUsageEventCustomizer> customizers, Supplier<Collection<String>> packages,
			Function<String, @Nullable Object> singletons, Supplier<TraceSource> traces) {
		this.settingsSource = settings;
		this.eventSettings = eventSettings;
		this.sinks = sinks;
		this.gateSource = gate;
		this.customers = customers;
		this.costs = costs;
		this.customizers = customizers;
		this.packages = packages;
		this.singletons = singletons;
		this.traces = traces;
	}

	/**
	 * Return what stands for the beans of an application that records nothing.
	 */
	public static ApplicationBeans none() {
		return new ApplicationBeans(InstrumentationSettings::new, EventSettings::new, List::of, () -> null, noBeans(),
				noBeans(), noBeans(), List::of, (name) -> null, () -> (subscriber) -> null);
	}

	private static <T> ObjectProvider<T> noBeans() {
		return new ObjectProvider<>() {

			@Override
			public Stream<T> stream() {
				return Stream.empty();
			}

		};
	}

	/**
	 * Return what to instrument.
	 */
	public InstrumentationSettings settings() {
		InstrumentationSettings settings = this.settings;
		if (settings == null) {
			settings = this.settingsSource.get();
			this.settings = settings;
		}
		return settings;
	}

	/**
	 * Look up what may refuse requests, before the application makes one.
	 */
	void findGate() {
		this.gate = this.gateSource.get();
	}

	/**
	 * Return what may refuse requests, or {@code null} if nothing does. Only an
	 * application that is {@linkplain #isReady() ready} has one.
	 */
	@Nullable RequestGate gate() {
		return this.gate;
	}

	/**
	 * Note that the application is ready, so that its beans may be looked up.
	 */
	void ready() {
		this.ready = true;
	}

	boolean isReady() {
		return this.ready;
	}

	EventSettings eventSettings() {
		return found().eventSettings();
	}

	EventNames eventNames() {
		return found().names();
	}

	/**
	 * Return where events go, in order.
	 */
	List<LlmUsageEventSink> sinks() {
		return found().sinks();
	}

	/**
	 * Return what resolves customers: a bean, else the configured source.
	 */
	@Nullable LlmCustomerResolver customerResolver() {
		return found().customers();
	}

	/**
	 * Return what calculates costs: a bean, else the configured prices.
	 */
	@Nullable LlmCostCalculator costCalculator() {
		return found().costs();
	}

	List<LlmUsageEventCustomizer> customizers() {
		return found().customizers();
	}

	Collection<String> packages() {
		return found().packages();
	}

	/**
	 * Return the bean of a name, or {@code null} if there is none or it is not created
	 * yet.
	 */
	@Nullable Object bean(String name) {
		return this.singletons.apply(name);
	}

	/**
	 * Return the trace that a request is made in, if events include it.
	 */
	@Nullable String traceId(@Nullable ContextView subscriber) {
		TraceSource traces = this.ready ? found().traces() : null;
		return (traces != null) ? traces.traceId(subscriber) : null;
	}

	private Found found() {
		Found found = this.found;
		if (found == null) {
			EventSettings eventSettings = this.eventSettings.get();
			LlmCostCalculator calculator = one(this.costs);
			LlmCustomerResolver resolver = one(this.customers);
			found = new Found(eventSettings, new EventNames(eventSettings, this.singletons), this.sinks.get(),
					(resolver != null) ? resolver : eventSettings.customers(),
					(calculator != null) ? calculator : eventSettings.prices(),
					this.customizers.orderedStream().toList(), this.packages.get(),
					eventSettings.included().contains(EventEntry.TRACE_ID) ? this.traces.get() : null);
			this.found = found;
		}
		return found;
	}

	/**
	 * Return the primary bean of several, else the first, so that ambiguous beans never
	 * cost an event.
	 */
	private static <T> @Nullable T one(ObjectProvider<T> provider) {
		T bean = provider.getIfUnique();
		return (bean != null) ? bean : provider.orderedStream().findFirst().orElse(null);
	}

	private record Found(EventSettings eventSettings, EventNames names, List<LlmUsageEventSink> sinks,
			@Nullable LlmCustomerResolver customers, @Nullable LlmCostCalculator costs,
			List<LlmUsageEventCustomizer> customizers, Collection<String> packages, @Nullable TraceSource traces) {
	}

}
