// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.lang.ref.WeakReference;
import java.util.List;

import com.llmtrack.spring.delivery.http.TlsSettings;
import com.llmtrack.spring.delivery.http.WebClientTransport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/**
 * The SSL bundle for connections to LLMtrack.
 */
final class TlsBundle {

	private static final String PROPERTY = "llmtrack.ssl.bundle";

	private static final Log logger = LogFactory.getLog(TlsBundle.class);

	private final SslBundles bundles;

	private final String name;

	private TlsBundle(SslBundles bundles, String name) {
		this.bundles = bundles;
		this.name = name;
	}

	/**
	 * Return a bundle.
	 * @param name the name of the bundle
	 * @param provider provides the application's bundles
	 */
	static TlsBundle of(String name, ObjectProvider<SslBundles> provider) {
		SslBundles bundles = provider.getIfAvailable();
		if (bundles == null) {
			throw new InvalidConfigurationPropertyValueException(PROPERTY, name, "The application has no SSL bundles.");
		}
		return new TlsBundle(bundles, name);
	}

	/**
	 * Return the bundle's trust and key material, and fail if it can't be used.
	 */
	TlsSettings settings() {
		try {
			return settings(this.bundles.getBundle(this.name));
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidConfigurationPropertyValueException(PROPERTY, this.name,
					"There is no such SSL bundle. There are: " + this.bundles.getBundleNames() + ".");
		}
		catch (RuntimeException ex) {
			throw new InvalidConfigurationPropertyValueException(PROPERTY, this.name,
					"This SSL bundle can't be used: " + ex.getMessage() + ".");
		}
	}

	private static TlsSettings settings(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		// Fails if the stores can't be read
		bundle.createSslContext();
		return new TlsSettings(bundle.getManagers().getTrustManagerFactory(),
				bundle.getManagers().getKeyManagerFactory(), list(options.getEnabledProtocols()),
				list(options.getCiphers()));
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

	/**
	 * Update a transport whenever the bundle is reloaded. Bundles never forget whom they
	 * tell, and those of a parent context outlive this one.
	 */
	void keepUpToDate(WebClientTransport transport) {
		WeakReference<WebClientTransport> reference = new WeakReference<>(transport);
		this.bundles.addBundleUpdateHandler(this.name, (bundle) -> {
			WebClientTransport current = reference.get();
			if (current != null) {
				update(current, bundle);
			}
		});
	}

	private void update(WebClientTransport transport, SslBundle bundle) {
		try {
			transport.update(settings(bundle));
		}
		catch (RuntimeException ex) {
			logger.warn("The changed SSL bundle '" + this.name
					+ "' can't be used, so that events are still sent with the former one: " + ex.getMessage());
		}
	}

}
