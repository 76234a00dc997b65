// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import com.llmtrack.spring.LlmContext;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application that is measured, shared by all threads.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class Application {

	/**
	 * What watches over its model.
	 */
	@Param
	public Variant variant;

	private ConfigurableApplicationContext context;

	private ChatModel model;

	private ChatClient client;

	private Queue queue;

	@Setup
	public void start() {
		this.context = BenchmarkApplication.startWithoutNetwork(this.variant);
		this.model = this.context.getBean(BenchmarkApplication.ModelUser.class).chatModel();
		this.client = this.context.getBean(ChatClient.Builder.class).build();
		this.queue = new Queue(this.context, this.variant);
		this.queue.fill(() -> this.model.call("Hi"));
	}

	@TearDown
	public void stop() {
		this.context.close();
		this.queue.check();
	}

	ChatModel model() {
		return this.model;
	}

	ChatClient client() {
		return this.client;
	}

	Queue queue() {
		return this.queue;
	}

	/**
	 * Make requests for a feature, whose annotation is measured elsewhere.
	 */
	void repeat(int times, Runnable request) {
		Runnable requests = () -> {
			for (int i = 0; i < times; i++) {
				request.run();
			}
		};
		if (this.variant == Variant.STARTER_WITHOUT_FEATURE) {
			requests.run();
		}
		else {
			LlmContext.feature("support-chat").run(requests);
		}
	}

}
