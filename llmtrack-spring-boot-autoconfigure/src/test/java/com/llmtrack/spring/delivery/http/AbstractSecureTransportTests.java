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
import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;

import com.llmtrack.spring.TestCertificate;
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

	static TransportSettings.Builder trusting(URI url) {
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
