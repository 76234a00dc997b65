// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of the requests that are seen. All that it takes is put together for the
 * first of them, so that the start of an application takes no longer than without it.
 * Safe for any thread, and waits for nothing but that.
 */
public final class Tracking {

	private final InstrumentationSources sources;

	private final Supplier<InstrumentationSettings> settings;

	private final TrackingFailures failures = new TrackingFailures();

	private final Object monitor = new Object();

	private volatile @Nullable Parts parts;

	private volatile boolean closed;

	private boolean ready;

	private boolean decorators;

	public Tracking(InstrumentationSources sources, Supplier<InstrumentationSettings> settings) {
		this.sources = sources;
		this.settings = settings;
	}

	/**
	 * Return what follows the calls.
	 */
	public ModelCallTracker tracker() {
		Parts parts = this.parts;
		return ((parts != null) ? parts : putTogether()).tracker();
	}

	private Parts putTogether() {
		synchronized (this.monitor) {
			Parts parts = this.parts;
			if (parts == null) {
				parts = Parts.of(this.sources, this.settings, this.failures);
				if (this.decorators) {
					parts.tracker().expectDecorators();
				}
				if (this.ready) {
					parts.recorder().open();
				}
				this.parts = parts;
			}
			return parts;
		}
	}

	/**
	 * Put up with a failure of the tracking itself.
	 */
	public void contain(Throwable failure) {
		this.failures.contain(failure);
	}

	/**
	 * Note that models may answer with what another model answered.
	 */
	public void expectDecorators() {
		Parts parts;
		synchronized (this.monitor) {
			this.decorators = true;
			parts = this.parts;
		}
		if (parts != null) {
			parts.tracker().expectDecorators();
		}
	}

	/**
	 * Let events through, as the application is ready. Those of earlier calls look up
	 * beans, for which no lock is held.
	 */
	public void open() {
		Parts parts;
		synchronized (this.monitor) {
			this.ready = true;
			parts = this.parts;
		}
		if (parts != null) {
			parts.recorder().open();
		}
	}

	/**
	 * Note that the application has ended, and say what is lost if it never got ready.
	 */
	public void close() {
		this.closed = true;
		Parts parts = this.parts;
		if (parts != null) {
			parts.recorder().close();
		}
	}

	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * Return the number of requests without a feature by call site.
	 */
	public Map<String, Long> callSitesWithoutFeature() {
		Parts parts = this.parts;
		return (parts != null) ? parts.missingFeatures().counts() : Map.of();
	}

	/**
	 * Return how many requests were recorded that were seen in one place.
	 */
	public long recordedRequests(Tap tap) {
		Parts parts = this.parts;
		return (parts != null) ? parts.recorder().recorded(tap) : 0;
	}

	private record Parts(EventRecorder recorder, MissingFeatures missingFeatures, ModelCallTracker tracker) {

		static Parts of(InstrumentationSources sources, Supplier<InstrumentationSettings> settings,
				TrackingFailures trackingFailures) {
			ContributorFailures failures = new ContributorFailures();
			Supplier<EventSettings> eventSettings = new UnlockedLazy<>(sources::eventSettings);
			Supplier<EventContributors> contributors = new UnlockedLazy<>(sources::contributors);
			EventRecorder recorder = new EventRecorder(sources::sink,
					() -> new EventFactory(eventSettings.get(), contributors.get(), failures), trackingFailures);
			MissingFeatures missingFeatures = new MissingFeatures(recorder, settings, eventSettings);
			CustomerLookup customers = new CustomerLookup(recorder, contributors, failures);
			return new Parts(recorder, missingFeatures, new ModelCallTracker(recorder, customers, missingFeatures));
		}

	}

}
