// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * Trust and key material for TLS. The host name in LLMtrack's certificate is verified in
 * any case.
 *
 * @param trust the certificates to trust
 * @param keys the key to present if the server asks for one
 * @param protocols the versions of TLS to use; empty for the JVM's defaults
 * @param ciphers the cipher suites to use; empty for the JVM's defaults
 */
public record TlsSettings(TrustManagerFactory trust, KeyManagerFactory keys, List<String> protocols,
		List<String> ciphers) {

	public TlsSettings {
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

	SSLContext context() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(this.keys.getKeyManagers(), this.trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("TLS can't be set up", ex);
		}
	}

	SSLParameters parameters() {
		SSLParameters parameters = new SSLParameters();
		if (!this.protocols.isEmpty()) {
			parameters.setProtocols(this.protocols.toArray(String[]::new));
		}
		if (!this.ciphers.isEmpty()) {
			parameters.setCipherSuites(this.ciphers.toArray(String[]::new));
		}
		return parameters;
	}

}
