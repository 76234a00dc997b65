// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to establish a connection to LLMtrack. A bean of this type takes the
 * place of {@code llmtrack.api-key} and {@code llmtrack.base-url}, as a platform, Docker
 * Compose or Testcontainers supplies it.
 *
 * @since 0.1.0
 */
public interface LlmTrackConnectionDetails extends ConnectionDetails {

	/**
	 * Return where LLMtrack is. Asked once.
	 * @return an absolute http or https URL, without the path of the ingest endpoint
	 */
	URI getBaseUrl();

	/**
	 * Return the ingestion key. Asked for each event, so that it may change; must not
	 * wait.
	 * @return the key, or {@code null} if there is none at present: events are kept
	 * meanwhile
	 */
	@Nullable String getApiKey();

}
