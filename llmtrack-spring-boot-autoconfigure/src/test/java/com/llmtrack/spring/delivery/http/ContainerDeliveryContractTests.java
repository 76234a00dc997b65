/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.delivery.http;

import com.github.tomakehurst.wiremock.client.WireMock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

import org.springframework.core.env.StandardEnvironment;

/**
 * The contract with WireMock in a container: a server of another process, across a
 * network. Its image is named by the system property {@code llmtrack.test.wiremock-image}
 * or the environment variable {@code LLMTRACK_TEST_WIREMOCK_IMAGE}.
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
