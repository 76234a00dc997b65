// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.delivery.http.TlsSettings;
import com.llmtrack.spring.delivery.http.TransportSettings;
import com.llmtrack.spring.delivery.http.WebClientTransport;
import com.llmtrack.spring.delivery.spool.FileSpool;
import com.llmtrack.spring.delivery.spool.SpoolSettings;
import com.llmtrack.spring.json.Json;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/**
 * Creates the dispatcher that {@link LlmTrackProperties} describe, with its transport and
 * its spool.
 */
final class EventDispatchers {

	private EventDispatchers() {
	}

	/**
	 * Create a dispatcher, which is off if a library can't be linked, such as a version
	 * of Jackson whose parts do not fit together.
	 */
	static EventDispatcher create(LlmTrackProperties properties, LlmTrackConnectionDetails connection, ApiKeys keys,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		try {
			return new EventDispatcher(properties.delivery().settings(),
					transport(properties, connection, keys, sslBundles, customizers), spool(properties));
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

	/**
	 * Return the spool, or {@code null} if events are kept in memory only.
	 */
	private static @Nullable FileSpool spool(LlmTrackProperties properties) {
		SpoolSettings settings = properties.spool().settings();
		return (settings != null)
				? new FileSpool(settings, JsonEventCodec.forSpool(Json.get(), properties.event().extendedFields()))
				: null;
	}

	private static TransportSettings settings(LlmTrackProperties properties, LlmTrackConnectionDetails connection,
			ApiKeys keys, @Nullable TlsSettings tls) {
		DeliveryProperties delivery = properties.delivery();
		return new TransportSettings(connection.getBaseUrl(), () -> keys.usable(connection.getApiKey()),
				properties.authScheme(), properties.event().extendedFields(), delivery.connectTimeout(),
				delivery.requestTimeout(), delivery.maxInFlight(), properties.proxy().settings(), tls);
	}

}
