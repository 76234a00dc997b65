// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events with JSON in them, until it is closed.
 */
final class EventStream implements Flow.Subscriber<String>, AutoCloseable {

	private final List<Message> messages = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private String event = "";

	private EventStream() {
	}

	static EventStream open(URI url) {
		EventStream stream = new EventStream();
		HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.fromLineSubscriber(stream));
		return stream;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription.complete(subscription);
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(String line) {
		if (line.startsWith("event:")) {
			this.event = line.substring("event:".length());
		}
		else if (line.startsWith("data:")) {
			this.messages.add(new Message(this.event, JsonMapper.shared().readTree(line.substring("data:".length()))));
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.end.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.end.complete(null);
	}

	/**
	 * Wait for a message, which may have come already.
	 */
	JsonNode await(String event, Predicate<JsonNode> condition) {
		Predicate<Message> wanted = (message) -> message.event().equals(event) && condition.test(message.data());
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.messages.stream().anyMatch(wanted));
		return this.messages.stream().filter(wanted).findFirst().orElseThrow().data();
	}

	/**
	 * Wait until the server ends the stream.
	 */
	void awaitEnd() {
		this.end.join();
	}

	@Override
	public void close() {
		this.subscription.join().cancel();
	}

	private record Message(String event, JsonNode data) {
	}

}
