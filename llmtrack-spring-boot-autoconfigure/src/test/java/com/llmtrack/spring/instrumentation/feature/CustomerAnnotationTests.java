// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerId;
import com.llmtrack.spring.instrumentation.feature.AnnotatedCustomers.Account;
import com.llmtrack.spring.instrumentation.feature.AnnotatedCustomers.Invoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmCustomerId}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CustomerAnnotationTests extends AbstractFeatureTests {

	@Autowired
	private AnnotatedCustomers customers;

	@Autowired
	private AnnotatedCustomers.Contract contract;

	@Test
	void argumentIsTheCustomer() {
		UUID uuid = UUID.randomUUID();
		this.customers.text("4711");
		this.customers.number("Hi", 4712);
		this.customers.uuid(uuid);
		this.customers.customer(new LlmCustomer("4713", "Acme"));
		this.customers.optional(Optional.of("4714"));
		assertCustomers("4711", "4712", uuid.toString(), "4713", "4714");
	}

	@Test
	void customerStandsBesideTheFeature() {
		this.customers.number("Hi", 4712);
		assertFeatures("numbered");
	}

	@Test
	void propertyOfTheArgumentIsTheCustomer() {
		this.customers.property(Invoice.of("nested"));
		this.customers.composed(Invoice.of("composed"));
		assertCustomers("nested", "composed");
	}

	@Test
	void propertyIsFoundHoweverOftenItIsRead() {
		for (int i = 0; i < 200; i++) {
			Invoice invoice = Invoice.of("compiled");
			assertThat(LlmContext.current().customer()).isNull();
			LlmContext.customer("outer").run(() -> this.customers.property(invoice));
		}
		assertThat(customers(200)).containsOnly("compiled");
	}

	@Test
	void nothingIsFoundInNull() {
		this.customers.text(null);
		this.customers.text(" ");
		this.customers.optional(Optional.empty());
		this.customers.property(null);
		this.customers.property(new Invoice(null));
		this.customers.property(new Invoice(new Account(null)));
		this.customers.property(Invoice.of(null));
		assertCustomers(NONE, NONE, NONE, NONE, NONE, NONE, NONE);
	}

	@Test
	void argumentThatTellsNoCustomerLeavesTheOneOfTheCaller() {
		LlmContext.customer("caller").run(() -> {
			this.customers.text(null);
			this.customers.text("4711");
		});
		assertCustomers("caller", "4711");
	}

	@Test
	void innerMethodWinsAndGivesTheOuterCustomerBack() {
		this.customers.nested("outer", () -> this.customers.text("inner"));
		assertCustomers("outer", "inner", "outer");
	}

	@Test
	void annotationOfAnInterfaceHolds() {
		this.contract.byInterface("4711");
		assertCustomers("4711");
	}

	@Test
	void expressionThatFailsIsReportedOnceAndHarmless(CapturedOutput output) {
		this.customers.unsafeProperty(new Invoice(null));
		this.customers.unsafeProperty(new Invoice(null));
		this.customers.unsafeProperty(Invoice.of("4711"));
		assertCustomers(NONE, NONE, "4711");
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), "@LlmCustomerId on a parameter")).isEqualTo(1);
		assertThat(output).contains("AnnotatedCustomers.unsafeProperty(…) failed: ");
	}

	@Test
	void objectIsNoCustomer(CapturedOutput output) {
		this.customers.object(List.of("secret"));
		assertCustomers(NONE);
		assertThat(output).contains("AnnotatedCustomers.object(…) finds an object of java.util.")
			.doesNotContain("secret");
	}

}
