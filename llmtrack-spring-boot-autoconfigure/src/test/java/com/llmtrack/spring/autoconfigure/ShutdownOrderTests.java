// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventDispatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that delivery stops after web servers and before HTTP resources.
 */
@Timeout(60)
class ShutdownOrderTests {

	/** Phase of what stops the web server, when its last requests are over. */
	private static final int WEB_SERVER = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;

	private static final int HTTP_RESOURCES = new ReactorResourceFactory().getPhase();

	private WireMockServer server;

	private EventDispatcher dispatcher;

	private long delivered;

	@BeforeEach
	void start() {
		this.server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		this.server.start();
		// Long enough for whoever does not wait for it to miss it
		this.server
			.stubFor(WireMock.post("/api/ingest").willReturn(WireMock.okJson("{\"ok\":true}").withFixedDelay(500)));
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void eventsOfTheLastRequestsAreDeliveredBeforeHttpResourcesAreReleased() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
			.withPropertyValues("llmtrack.api-key=llmtrack-key", "llmtrack.base-url=" + this.server.baseUrl(),
					"llmtrack.delivery.shutdown-timeout=20s")
			.withBean("webServer", Ending.class, () -> new Ending(WEB_SERVER, this::lastRequest))
			.withBean("httpResources", Ending.class, () -> new Ending(HTTP_RESOURCES, this::release))
			.run((context) -> this.dispatcher = context.getBean(EventDispatcher.class));
		assertThat(this.delivered).isOne();
	}

	private void lastRequest() {
		this.dispatcher.record(LlmUsageEvent.builder().model("last-request").build());
	}

	private void release() {
		this.delivered = this.dispatcher.getStatistics().getDelivered();
	}

	/**
	 * What happens in a phase of the application's end.
	 */
	private static final class Ending implements SmartLifecycle {

		private final int phase;

		private final Runnable action;

		private boolean running;

		Ending(int phase, Runnable action) {
			this.phase = phase;
			this.action = action;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.action.run();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
