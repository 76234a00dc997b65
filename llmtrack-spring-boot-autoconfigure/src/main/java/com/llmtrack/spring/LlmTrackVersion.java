// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The version of LLMtrack for Spring on the class path.
 *
 * @since 0.1.0
 */
public final class LlmTrackVersion {

	private LlmTrackVersion() {
	}

	/**
	 * Return the version.
	 * @return the version, or {@code unknown} if it can't be determined; never
	 * {@code null}
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
