// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.delivery.http.TlsSettings;
import com.llmtrack.spring.delivery.http.TransportSettings;
import com.llmtrack.spring.delivery.http.WebClientTransport;
import com.llmtrack.spring.delivery.spool.FileSpool;
import com.llmtrack.spring.delivery.spool.SpoolSettings;
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

	static EventDispatcher create(LlmTrackProperties properties, LlmTrackConnectionDetails connection,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		DeliveryProperties delivery = properties.getDelivery();
		return new EventDispatcher(
				new DeliverySettings(delivery.getQueueCapacity(), delivery.getMaxInFlight(),
						delivery.getShutdownTimeout()),
				transport(properties, connection, sslBundles, customizers), spool(properties));
	}

	private static WebClientTransport transport(LlmTrackProperties properties, LlmTrackConnectionDetails connection,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		String bundle = properties.getSsl().getBundle();
		TlsBundle tls = (bundle != null) ? TlsBundle.of(bundle, sslBundles) : null;
		WebClientTransport transport = new WebClientTransport(
				settings(properties, connection, (tls != null) ? tls.settings() : null), customizers::orderedStream);
		if (tls != null) {
			tls.keepUpToDate(transport);
		}
		return transport;
	}

	/**
	 * Return the spool, or {@code null} if events are kept in memory only.
	 */
	private static @Nullable FileSpool spool(LlmTrackProperties properties) {
		SpoolSettings settings = properties.getSpool().settings();
		return (settings != null)
				? new FileSpool(settings, new JsonEventCodec(properties.getEvent().isExtendedFields())) : null;
	}

	/**
	 * Return the key, or {@code null} if it must not or can't be sent.
	 */
	private static @Nullable String usableKey(LlmTrackConnectionDetails connection) {
		String apiKey = connection.getApiKey();
		return (apiKey != null && ApiKeyState.of(apiKey) == ApiKeyState.USABLE) ? apiKey.strip() : null;
	}

	private static TransportSettings settings(LlmTrackProperties properties, LlmTrackConnectionDetails connection,
			@Nullable TlsSettings tls) {
		DeliveryProperties delivery = properties.getDelivery();
		return new TransportSettings(connection.getBaseUrl(), () -> usableKey(connection), properties.getAuthScheme(),
				properties.getEvent().isExtendedFields(), delivery.getConnectTimeout(), delivery.getRequestTimeout(),
				delivery.getMaxInFlight(), properties.getProxy().settings(), tls);
	}

}
