// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to establish a connection to LLMtrack. A bean of this type replaces
 * {@code llmtrack.api-key} and {@code llmtrack.base-url}, for example for a platform that
 * supplies keys, Docker Compose or Testcontainers.
 *
 * @since 0.1.0
 */
public interface LlmTrackConnectionDetails extends ConnectionDetails {

	/**
	 * Return the URL of LLMtrack. Called at start; a later change has no effect.
	 * @return an absolute http or https URL, without the path of the ingest endpoint
	 */
	URI getBaseUrl();

	/**
	 * Return the ingestion key. Called for each event, so that the key may change, on any
	 * thread. Must not block.
	 * @return the key, or {@code null} if there is none at present, in which case events
	 * stay pending
	 */
	@Nullable String getApiKey();

}
