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
 * Whom to trust, and how to prove who one is, on connections to LLMtrack. That a
 * certificate is LLMtrack's own is checked in any case.
 *
 * @since 0.1.0
 */
public final class TlsSettings {

	private final TrustManagerFactory trust;

	private final KeyManagerFactory keys;

	private final List<String> protocols;

	private final List<String> ciphers;

	/**
	 * Create settings.
	 * @param trust whom to trust
	 * @param keys how to prove who one is, if asked
	 * @param protocols the versions of TLS to use, or none for the usual ones
	 * @param ciphers the cipher suites to use, or none for the usual ones
	 */
	public TlsSettings(TrustManagerFactory trust, KeyManagerFactory keys, List<String> protocols,
			List<String> ciphers) {
		this.trust = trust;
		this.keys = keys;
		this.protocols = List.copyOf(protocols);
		this.ciphers = List.copyOf(ciphers);
	}

	TrustManagerFactory trust() {
		return this.trust;
	}

	KeyManagerFactory keys() {
		return this.keys;
	}

	List<String> protocols() {
		return this.protocols;
	}

	List<String> ciphers() {
		return this.ciphers;
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

	SSLParameters parameters(SSLContext context) {
		// Those of the context, as the JDK's client has no HTTP/2 without a version of
		// TLS
		SSLParameters parameters = context.getDefaultSSLParameters();
		if (!this.protocols.isEmpty()) {
			parameters.setProtocols(this.protocols.toArray(String[]::new));
		}
		if (!this.ciphers.isEmpty()) {
			parameters.setCipherSuites(this.ciphers.toArray(String[]::new));
		}
		return parameters;
	}

}
