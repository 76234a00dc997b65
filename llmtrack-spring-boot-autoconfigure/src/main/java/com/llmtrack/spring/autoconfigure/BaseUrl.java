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

package com.llmtrack.spring.autoconfigure;

import java.net.URI;
import java.util.Locale;

/**
 * What is required of the URL that events are sent to.
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
	 * Return whether the key would cross a network for everybody to read.
	 */
	static boolean exposesKey(URI url) {
		return isScheme(url, "http") && !url.getHost().toLowerCase(Locale.ROOT).matches(LOOPBACK);
	}

	private static boolean isScheme(URI url, String scheme) {
		return scheme.equalsIgnoreCase(url.getScheme());
	}

}
