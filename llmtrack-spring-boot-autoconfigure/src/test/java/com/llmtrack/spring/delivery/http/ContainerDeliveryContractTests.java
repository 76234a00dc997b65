// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.llmtrack.spring.testsupport.DockerCondition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

import org.springframework.core.env.StandardEnvironment;

/**
 * Contract tests with WireMock in a container, across a network. The image is set by the
 * system property {@code llmtrack.test.wiremock-image} or the environment variable
 * {@code LLMTRACK_TEST_WIREMOCK_IMAGE}.
 */
@Tag("container")
@ExtendWith(DockerCondition.class)
class ContainerDeliveryContractTests extends AbstractDeliveryContractTests {

	private static final String DEFAULT_IMAGE = "wiremock/wiremock:3.13.2";

	private static final int PORT = 8080;

	private static GenericContainer<?> container;

	private static WireMock server;

	@AfterAll
	static void stop() {
		if (container != null) {
			container.stop();
		}
	}

	/**
	 * Started by the first test that is not skipped.
	 */
	@Override
	WireMock server() {
		if (server == null) {
			container = new GenericContainer<>(
					new StandardEnvironment().getProperty("llmtrack.test.wiremock-image", DEFAULT_IMAGE))
				.withExposedPorts(PORT)
				.waitingFor(Wait.forHttp("/__admin/health"));
			container.start();
			server = new WireMock(container.getHost(), container.getMappedPort(PORT));
		}
		return server;
	}

	@Override
	String baseUrl() {
		return "http://" + container.getHost() + ":" + container.getMappedPort(PORT);
	}

}
