// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and its self-signed certificate, created by the JDK's keytool for a test.
 */
public final class TestCertificate {

	/**
	 * Password of the key stores.
	 */
	public static final String PASSWORD = "changeit";

	private final Path keyStore;

	private final Path trustStore;

	private TestCertificate(Path keyStore, Path trustStore) {
		this.keyStore = keyStore;
		this.trustStore = trustStore;
	}

	/**
	 * Make a certificate.
	 * @param directory where to put the key stores
	 * @param name what to call them
	 * @param subjects whom it is for, as keytool spells them: {@code dns:localhost}
	 * @return the certificate
	 */
	public static TestCertificate create(Path directory, String name, String subjects) {
		TestCertificate certificate = existing(directory, name);
		try {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=" + subjects,
					"-validity", "2", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore",
					certificate.keyStore.toString())
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes());
			if (process.waitFor() != 0) {
				throw new IllegalStateException(output);
			}
			KeyStore trusted = KeyStore.getInstance("PKCS12");
			trusted.load(null, null);
			trusted.setCertificateEntry(name, load(certificate.keyStore).getCertificate(name));
			try (var stream = Files.newOutputStream(certificate.trustStore)) {
				trusted.store(stream, PASSWORD.toCharArray());
			}
			return certificate;
		}
		catch (IOException | InterruptedException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a certificate that was made before.
	 * @param directory where the key stores are
	 * @param name what they are called
	 * @return the certificate
	 */
	public static TestCertificate existing(Path directory, String name) {
		return new TestCertificate(directory.resolve(name + ".p12"), directory.resolve(name + "-trust.p12"));
	}

	private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(store)) {
			keyStore.load(stream, PASSWORD.toCharArray());
		}
		return keyStore;
	}

	/**
	 * Return the store with the key.
	 * @return its file
	 */
	public Path keyStore() {
		return this.keyStore;
	}

	/**
	 * Return the store that trusts the certificate.
	 * @return its file
	 */
	public Path trustStore() {
		return this.trustStore;
	}

	/**
	 * Return the key.
	 * @return its factory
	 */
	public KeyManagerFactory keys() {
		try {
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(load(this.keyStore), PASSWORD.toCharArray());
			return keys;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return trust in the certificate.
	 * @return its factory
	 */
	public TrustManagerFactory trust() {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(load(this.trustStore));
			return trust;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a context for a server that has the certificate.
	 * @return the context
	 */
	public SSLContext serverContext() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys().getKeyManagers(), trust().getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
