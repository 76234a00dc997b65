// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;

import javax.net.ssl.SSLException;

/**
 * Describes in plain words why there is no response, for all HTTP clients. Repeats no
 * message of an exception, as these may quote anything.
 */
final class ConnectionProblem {

	private ConnectionProblem() {
	}

	static String of(Throwable failure, String authority) {
		String name = failure.getClass().getSimpleName();
		if (isCausedBy(failure, SSLException.class)) {
			return "no secure connection to " + authority + ", " + name;
		}
		// Either LLMtrack's name or the proxy's
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
