// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.http.TlsSettings;
import com.llmtrack.spring.delivery.http.TransportSettings;
import com.llmtrack.spring.delivery.http.WebClientTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/**
 * Creates the dispatcher that {@link LlmTrackProperties} describe, with its transport.
 */
final class EventDispatchers {

	private EventDispatchers() {
	}

	/**
	 * Create a dispatcher, which is off if a library can't be linked, such as a version
	 * of Jackson whose parts do not fit together.
	 */
	static EventDispatcher create(OwnContext context, LlmTrackProperties properties,
			LlmTrackConnectionDetails connection, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		try {
			return new EventDispatcher(properties.delivery().settings(),
					transport(properties, connection, new ApiKeys(context.environment()), sslBundles, customizers),
					Spools.create(properties, context.beanFactory()));
		}
		catch (LinkageError ex) {
			return EventDispatcher.failedToLink(ex);
		}
	}

	private static WebClientTransport transport(LlmTrackProperties properties, LlmTrackConnectionDetails connection,
			ApiKeys keys, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		String bundle = properties.ssl().bundle();
		TlsBundle tls = (bundle != null) ? TlsBundle.of(bundle, sslBundles) : null;
		WebClientTransport transport = new WebClientTransport(
				settings(properties, connection, keys, (tls != null) ? tls.settings() : null),
				customizers::orderedStream);
		if (tls != null) {
			tls.keepUpToDate(transport);
		}
		return transport;
	}

	private static TransportSettings settings(LlmTrackProperties properties, LlmTrackConnectionDetails connection,
			ApiKeys keys, @Nullable TlsSettings tls) {
		DeliveryProperties delivery = properties.delivery();
		return new TransportSettings(connection.getBaseUrl(), () -> keys.usable(connection.getApiKey()),
				properties.authScheme(), properties.event().extendedFields(), delivery.connectTimeout(),
				delivery.requestTimeout(), delivery.maxInFlight(), properties.proxy().settings(), tls);
	}

}
