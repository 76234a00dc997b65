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

import java.util.function.Function;
import java.util.function.Predicate;

import com.llmtrack.spring.LiveThreads;

/**
 * The HTTP clients that there may be under a {@link WebClientTransport}.
 */
enum ConnectionKind {

	REACTOR_NETTY(ReactorNettyConnection::new, (name) -> name.startsWith("llmtrack-http")) {

		@Override
		boolean closesConnectionsWithinAnAnswer() {
			return true;
		}

	},

	JDK(JdkConnection::new, (name) -> name.startsWith("HttpClient-"));

	private final Function<TransportSettings, HttpConnection> factory;

	private final Predicate<String> threadNames;

	ConnectionKind(Function<TransportSettings, HttpConnection> factory, Predicate<String> threadNames) {
		this.factory = factory;
		this.threadNames = threadNames;
	}

	WebClientTransport transport(TransportSettings settings) {
		return new WebClientTransport(settings, this.factory);
	}

	/**
	 * Return whether a connection is closed if an exchange is given up when a part of the
	 * answer is there. Spring's connector does not tell the JDK's client that the rest is
	 * no longer wanted, so that it waits for it until the server closes the connection.
	 */
	boolean closesConnectionsWithinAnAnswer() {
		return false;
	}

	LiveThreads threads() {
		return LiveThreads.named(this.threadNames);
	}

}
