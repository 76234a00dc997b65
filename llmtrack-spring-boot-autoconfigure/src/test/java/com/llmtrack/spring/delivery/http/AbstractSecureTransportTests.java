// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;

import com.llmtrack.spring.testsupport.TestCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Base for tests of {@link WebClientTransport} with TLS.
 */
abstract class AbstractSecureTransportTests extends AbstractTransportTests {

	static TestCertificate certificate;

	static TestCertificate otherCertificate;

	@BeforeAll
	static void createCertificates(@TempDir Path directory) {
		certificate = TestCertificate.create(directory, "llmtrack", "ip:127.0.0.1,dns:llmtrack.test");
		otherCertificate = TestCertificate.create(directory, "other", "dns:other.test");
	}

	static TransportSettingsBuilder trusting(URI url) {
		return settings(url).tls(tls(certificate));
	}

	static TlsSettings tls(TestCertificate trusted) {
		return new TlsSettings(trusted.trust(), noKeys(), List.of(), List.of());
	}

	static KeyManagerFactory noKeys() {
		try {
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(null, null);
			return keys;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
