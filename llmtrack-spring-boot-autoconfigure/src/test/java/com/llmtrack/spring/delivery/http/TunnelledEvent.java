// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.nio.file.Path;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.testsupport.TestCertificate;

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
			Assert.state(AbstractTransportTests.resultOf(transport) instanceof DeliveryResult.Accepted, "Not accepted");
		}
	}

}
