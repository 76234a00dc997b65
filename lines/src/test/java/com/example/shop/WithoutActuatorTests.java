// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same in an application without Actuator, and therefore without an
 * {@link ObservationRegistry}. The POM takes these libraries from the class path.
 */
@Tag("without-actuator")
class WithoutActuatorTests extends AbstractShopTests {

	@Test
	void librariesAreMissing(@Autowired ObjectProvider<ObservationRegistry> observations) {
		for (String name : new String[] { "io.micrometer.prometheusmetrics.PrometheusMeterRegistry",
				"org.springframework.boot.actuate.endpoint.annotation.Endpoint",
				"org.springframework.boot.health.contributor.HealthIndicator" }) {
			assertThat(ClassUtils.isPresent(name, null)).as(name).isFalse();
		}
		assertThat(observations).isEmpty();
	}

	@Test
	void requestsAreRecorded(@Autowired ApplicationContext context) {
		context.getBean(Titles.class).title("Hi");
		context.getBean(Titles.class).titles("Hi").blockLast();
		context.getBean(Translations.class).translate("Hi");
		context.getBean(SupportChat.class).stream("4711", "Use status").blockLast();
		assertEvents("title " + Providers.CALL, "title " + Providers.STREAM, "translation " + Providers.CALL,
				"support-chat " + Providers.FIRST_ROUND, "support-chat " + Providers.LAST_ROUND);
	}

}
