// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;
import java.util.Locale;

/**
 * Checks the URL that events are sent to.
 */
final class BaseUrl {

	private static final String LOOPBACK = "localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]";

	private BaseUrl() {
	}

	static boolean isValid(URI url) {
		return url.getHost() != null && (isScheme(url, "http") || isScheme(url, "https")) && url.getUserInfo() == null
				&& url.getQuery() == null && url.getFragment() == null;
	}

	/**
	 * Return whether the key would be sent unencrypted over a network.
	 */
	static boolean exposesKey(URI url) {
		return isScheme(url, "http") && !url.getHost().toLowerCase(Locale.ROOT).matches(LOOPBACK);
	}

	private static boolean isScheme(URI url, String scheme) {
		return scheme.equalsIgnoreCase(url.getScheme());
	}

}
