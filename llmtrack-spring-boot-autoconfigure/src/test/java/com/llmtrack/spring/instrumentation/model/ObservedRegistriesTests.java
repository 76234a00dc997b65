// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservedRegistries} with registries that take nothing.
 */
@ExtendWith(OutputCaptureExtension.class)
class ObservedRegistriesTests {

	private static final String NO_HANDLER = "Models that ObservationRegistry bean 'strict' observes are recorded by "
			+ "their proxies only, because it takes no handler: java.lang.UnsupportedOperationException";

	private static final String NO_PREDICATE = "Budgets refuse no requests of models that only ObservationRegistry bean "
			+ "'strict' observes, because it takes no predicate: java.lang.UnsupportedOperationException";

	private final TestGate gate = new TestGate();

	private final DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(
			TestBeans.of(new RecordingSink(), () -> this.gate, new EventSettings()));

	private final ModelPostProcessor processor = new ModelPostProcessor(this.instrumentation);

	private void add(ObservationRegistry registry, String beanName) {
		this.processor.postProcessAfterInitialization(registry, beanName);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void registryThatTakesNothingIsReportedOnce(boolean early, CapturedOutput output) {
		Registry strict = new Registry(false);
		if (early) {
			add(strict, "strict");
		}
		this.instrumentation.afterSingletonsInstantiated();
		add(strict, "strict");
		assertThat(output).containsOnlyOnce(NO_HANDLER).doesNotContain("takes no predicate");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void registryThatTakesNoPredicateIsReportedOnce(boolean early, CapturedOutput output) {
		Registry strict = new Registry(true);
		if (early) {
			add(strict, "strict");
		}
		this.instrumentation.afterSingletonsInstantiated();
		add(strict, "strict");
		assertThat(output).containsOnlyOnce(NO_PREDICATE).doesNotContain("takes no handler");
	}

	@Test
	void othersRefuseAllTheSame() {
		add(new Registry(false), "nothing");
		add(new Registry(true), "strict");
		Registry[] others = new Registry[8];
		for (int i = 0; i < others.length; i++) {
			others[i] = new Registry(true, true);
			add(others[i], "other" + i);
		}
		this.instrumentation.afterSingletonsInstantiated();
		assertThat(others).allSatisfy((other) -> assertThat(other.config.predicates).isOne());
	}

	/**
	 * A registry with a configuration that may refuse what is added.
	 */
	private static final class Registry implements ObservationRegistry {

		private final Config config;

		Registry(boolean takesHandlers) {
			this(takesHandlers, false);
		}

		Registry(boolean takesHandlers, boolean takesPredicates) {
			this.config = new Config(takesHandlers, takesPredicates);
		}

		@Override
		public @Nullable Observation getCurrentObservation() {
			return null;
		}

		@Override
		public Observation.@Nullable Scope getCurrentObservationScope() {
			return null;
		}

		@Override
		public void setCurrentObservationScope(Observation.@Nullable Scope current) {
		}

		@Override
		public ObservationConfig observationConfig() {
			return this.config;
		}

	}

	private static final class Config extends ObservationRegistry.ObservationConfig {

		private final boolean takesHandlers;

		private final boolean takesPredicates;

		private int predicates;

		Config(boolean takesHandlers, boolean takesPredicates) {
			this.takesHandlers = takesHandlers;
			this.takesPredicates = takesPredicates;
		}

		@Override
		public ObservationRegistry.ObservationConfig observationHandler(ObservationHandler<?> handler) {
			if (!this.takesHandlers) {
				throw new UnsupportedOperationException();
			}
			return super.observationHandler(handler);
		}

		@Override
		public ObservationRegistry.ObservationConfig observationPredicate(ObservationPredicate predicate) {
			if (!this.takesPredicates) {
				throw new UnsupportedOperationException();
			}
			this.predicates++;
			return super.observationPredicate(predicate);
		}

	}

}
