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

package com.llmtrack.spring;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Version of LLMtrack for Spring.
 *
 * @since 0.1.0
 */
public final class LlmTrackVersion {

	private LlmTrackVersion() {
	}

	/**
	 * Return the version.
	 * @return the version, or {@code unknown} if that can't be found out
	 */
	public static String get() {
		try (InputStream stream = LlmTrackVersion.class.getResourceAsStream("version.properties")) {
			Properties properties = new Properties();
			if (stream != null) {
				properties.load(stream);
			}
			return properties.getProperty("version", "unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
