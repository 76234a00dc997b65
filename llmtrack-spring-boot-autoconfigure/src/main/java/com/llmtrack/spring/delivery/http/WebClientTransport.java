// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.OutgoingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to LLMtrack's ingest endpoint with a WebClient, one per request.
 * <p>
 * Does not block and never throws; every stage completes within the request time-out.
 * Nothing of the HTTP client is loaded, started or opened before the first event, so that
 * the start of an application takes no longer than without it.
 *
 * @since 0.1.0
 */
public final class WebClientTransport implements EventTransport {

	/**
	 * {@code null} for the usual one: a lambda less for each application to make when it
	 * starts.
	 */
	private final @Nullable Function<TransportSettings, HttpConnection> connectionFactory;

	private final Supplier<Stream<LlmTrackWebClientCustomizer>> customizers;

	private final Object monitor = new Object();

	private final Set<IngestClient> retiredClients = ConcurrentHashMap.newKeySet();

	private TransportSettings settings;

	private @Nullable IngestClient client;

	private boolean closed;

	/**
	 * Create a transport.
	 * @param settings where and how events are sent
	 * @param customizers change the client, one after the other; asked for, by the thread
	 * that sends an event, when a client is built
	 */
	public WebClientTransport(TransportSettings settings, Supplier<Stream<LlmTrackWebClientCustomizer>> customizers) {
		this(settings, customizers, null);
	}

	WebClientTransport(TransportSettings settings, Supplier<Stream<LlmTrackWebClientCustomizer>> customizers,
			@Nullable Function<TransportSettings, HttpConnection> connectionFactory) {
		this.settings = settings;
		this.customizers = customizers;
		this.connectionFactory = connectionFactory;
	}

	/**
	 * Use other settings for TLS from now on. Exchanges that are under way end as they
	 * began.
	 * @param tls whom to trust
	 */
	public void update(TlsSettings tls) {
		synchronized (this.monitor) {
			this.settings = this.settings.with(tls);
			retireClient();
		}
	}

	@Override
	public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
		try {
			while (true) {
				IngestClient client = client();
				if (client == null) {
					return CompletableFuture
						.completedStage(new DeliveryResult.Unavailable("transport is closed", null));
				}
				CompletableFuture<DeliveryResult> answer = client.send(event);
				if (answer != null) {
					return answer;
				}
			}
		}
		catch (ClientSetupException ex) {
			return CompletableFuture
				.completedStage(new DeliveryResult.Unavailable(String.valueOf(ex.getMessage()), null));
		}
	}

	private @Nullable IngestClient client() {
		TransportSettings settings;
		synchronized (this.monitor) {
			if (this.client != null && this.client.isStale()) {
				retireClient();
			}
			if (this.client != null || this.closed) {
				return this.client;
			}
			settings = this.settings;
		}
		// Without the monitor, as customizers are the application's
		IngestClient client = IngestClient.create(settings,
				(this.connectionFactory != null) ? this.connectionFactory : HttpConnection::create, this.customizers);
		synchronized (this.monitor) {
			if (this.client == null && !this.closed && settings == this.settings) {
				this.client = client;
				return client;
			}
		}
		client.close();
		return client();
	}

	private void retireClient() {
		IngestClient client = this.client;
		if (client != null) {
			this.client = null;
			this.retiredClients.add(client);
			client.retire(() -> this.retiredClients.remove(client));
		}
	}

	@Override
	public void close() {
		synchronized (this.monitor) {
			this.closed = true;
			if (this.client != null) {
				this.client.close();
				this.client = null;
			}
			this.retiredClients.forEach(IngestClient::close);
			this.retiredClients.clear();
		}
	}

}
