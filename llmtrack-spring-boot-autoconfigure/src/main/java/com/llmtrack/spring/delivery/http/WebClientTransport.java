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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import com.llmtrack.spring.delivery.Answer;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.PendingEvent;
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

	private final TransportSettings settings;

	private final Function<TransportSettings, HttpConnection> connectionFactory;

	private final Object monitor = new Object();

	private @Nullable IngestClient client;

	private boolean closed;

	/**
	 * Create a transport.
	 * @param settings where and how events are sent
	 */
	public WebClientTransport(TransportSettings settings) {
		this(settings, HttpConnection::create);
	}

	WebClientTransport(TransportSettings settings, Function<TransportSettings, HttpConnection> connectionFactory) {
		this.settings = settings;
		this.connectionFactory = connectionFactory;
	}

	@Override
	public CompletionStage<Answer> send(PendingEvent event) {
		IngestClient client = client();
		return (client != null) ? client.send(event)
				: CompletableFuture.completedStage(new Answer.Unavailable("transport is closed", null));
	}

	private @Nullable IngestClient client() {
		synchronized (this.monitor) {
			if (this.client == null && !this.closed) {
				this.client = new IngestClient(this.settings, this.connectionFactory.apply(this.settings));
			}
			return this.client;
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
		}
	}

}
