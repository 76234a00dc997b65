// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventCustomizer;

import org.springframework.util.Assert;

/**
 * Customer resolvers, cost calculators and customizers of an application, some of which
 * fail.
 */
public final class Contributors {

	private Contributors() {
	}

	public static class FailingResolver implements LlmCustomerResolver {

		@Override
		public LlmCustomer resolve() {
			throw new IllegalStateException("secret of the resolver");
		}

	}

	public static class AssertingResolver implements LlmCustomerResolver {

		@Override
		public LlmCustomer resolve() {
			Assert.state(true, "fine");
			Assert.isTrue(false, "secret of the resolver");
			return LlmCustomer.of("never");
		}

	}

	public static class BlankResolver implements LlmCustomerResolver {

		@Override
		public LlmCustomer resolve() {
			return LlmCustomer.of(" ");
		}

	}

	public static class Customizer implements LlmUsageEventCustomizer {

		private final UnaryOperator<LlmUsageEvent> change;

		public Customizer(UnaryOperator<LlmUsageEvent> change) {
			this.change = change;
		}

		@Override
		public LlmUsageEvent customize(LlmUsageEvent event) {
			return this.change.apply(event);
		}

	}

	public static class FailingCalculator implements LlmCostCalculator {

		@Override
		public BigDecimal calculate(LlmUsageEvent event) {
			throw new IllegalStateException("secret of the calculator");
		}

	}

	public static class NegativeCalculator implements LlmCostCalculator {

		@Override
		public BigDecimal calculate(LlmUsageEvent event) {
			return BigDecimal.ONE.negate();
		}

	}

}
