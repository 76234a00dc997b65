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
 * <b>Threads:</b> safe for any; never blocks and never throws. <b>Loss:</b> every event
 * gets a result within the request time-out. <b>Start:</b> the client is built with the
 * first event, as its customizers are beans of the application, which must not be created
 * early.
 */
public final class WebClientTransport implements EventTransport {

	private final Supplier<Stream<LlmTrackWebClientCustomizer>> customizers;

	private final Function<TransportSettings, HttpConnection> connectionFactory;

	private final Object monitor = new Object();

	private final Set<IngestClient> retiredClients = ConcurrentHashMap.newKeySet();

	private TransportSettings settings;

	private @Nullable IngestClient client;

	private boolean closed;

	/**
	 * Create a transport.
	 * @param settings where and how events are sent
	 * @param customizers change the client, one after the other; requested whenever a
	 * client is built, by the thread that sends an event
	 */
	public WebClientTransport(TransportSettings settings, Supplier<Stream<LlmTrackWebClientCustomizer>> customizers) {
		this(settings, customizers, HttpConnection::create);
	}

	WebClientTransport(TransportSettings settings, Supplier<Stream<LlmTrackWebClientCustomizer>> customizers,
			Function<TransportSettings, HttpConnection> connectionFactory) {
		this.settings = settings;
		this.customizers = customizers;
		this.connectionFactory = connectionFactory;
	}

	@Override
	public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
		try {
			IngestClient client = client();
			return (client != null) ? client.send(event) : unavailable("transport is closed");
		}
		catch (ClientSetupException ex) {
			return unavailable(String.valueOf(ex.getMessage()));
		}
		catch (LinkageError ex) {
			return CompletableFuture.completedStage(DeliveryResult.Impossible.of(ex));
		}
	}

	private static CompletionStage<DeliveryResult> unavailable(String problem) {
		return CompletableFuture.completedStage(new DeliveryResult.Unavailable(problem, null));
	}

	private @Nullable IngestClient client() {
		TransportSettings settings;
		synchronized (this.monitor) {
			if (this.client != null || this.closed) {
				return this.client;
			}
			settings = this.settings;
		}
		// Without the monitor, as customizers are the application's
		IngestClient client = IngestClient.create(settings, this.connectionFactory, this.customizers);
		synchronized (this.monitor) {
			if (this.client == null && !this.closed && settings == this.settings) {
				this.client = client;
				return client;
			}
		}
		client.close();
		return client();
	}

	/**
	 * Use other trust and key material from now on. Exchanges in progress are not
	 * affected.
	 * @param tls the trust and key material
	 */
	public void update(TlsSettings tls) {
		synchronized (this.monitor) {
			this.settings = this.settings.withTls(tls);
			IngestClient client = this.client;
			if (client != null) {
				this.client = null;
				this.retiredClients.add(client);
				client.closeLater(() -> this.retiredClients.remove(client));
			}
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
