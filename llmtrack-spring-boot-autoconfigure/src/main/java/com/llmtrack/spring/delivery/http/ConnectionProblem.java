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

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;

import javax.net.ssl.SSLException;

/**
 * Says in plain words why there is no answer, whichever HTTP client it was that failed.
 * Repeats no message of an exception, as these may quote anything.
 */
final class ConnectionProblem {

	private ConnectionProblem() {
	}

	static String of(Throwable failure, String authority) {
		String name = failure.getClass().getSimpleName();
		if (isCausedBy(failure, SSLException.class)) {
			return "no secure connection to " + authority + ", " + name;
		}
		// Perhaps the proxy's name, so don't say whose
		if (isCausedBy(failure, UnknownHostException.class) || isCausedBy(failure, UnresolvedAddressException.class)) {
			return "no connection to " + authority + ", unknown host";
		}
		if (isCausedBy(failure, ConnectException.class) || isCausedBy(failure, NoRouteToHostException.class)
				|| isCausedBy(failure, HttpConnectTimeoutException.class)) {
			return "no connection to " + authority + ", " + name;
		}
		return (failure instanceof IOException) ? "broken connection to " + authority + ", " + name
				: name + " from " + authority;
	}

	private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
		Throwable cause = failure;
		while (cause != null && !type.isInstance(cause)) {
			cause = cause.getCause();
		}
		return cause != null;
	}

}
