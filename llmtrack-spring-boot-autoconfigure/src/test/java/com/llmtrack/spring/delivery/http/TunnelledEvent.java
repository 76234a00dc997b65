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

import java.net.URI;
import java.nio.file.Path;

import com.llmtrack.spring.TestCertificate;
import com.llmtrack.spring.delivery.Answer;

import org.springframework.util.Assert;

/**
 * Sends an event with the JDK's client through a proxy, in a JVM of its own.
 */
public final class TunnelledEvent {

	private TunnelledEvent() {
	}

	/**
	 * Send the event, and fail if it is not accepted.
	 * @param args the URL, the port of the proxy, its user and password, and the
	 * directory of the certificate
	 */
	public static void main(String[] args) {
		TestCertificate certificate = TestCertificate.existing(Path.of(args[4]), "llmtrack");
		try (WebClientTransport transport = ConnectionKind.JDK
			.transport(AbstractTransportTests.settings(URI.create(args[0]))
				.tls(AbstractSecureTransportTests.tls(certificate))
				.proxy(new ProxySettings("127.0.0.1", Integer.parseInt(args[1]), args[2], args[3]))
				.build())) {
			Assert.state(AbstractTransportTests.answer(transport) instanceof Answer.Accepted, "Not accepted");
		}
	}

}
