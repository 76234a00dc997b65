// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.Map;

import com.llmtrack.spring.LlmTrackVersion;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Contributes the version of LLMtrack for Spring.
 */
public final class LlmTrackInfoContributor implements InfoContributor {

	@Override
	public void contribute(Info.Builder builder) {
		builder.withDetail("llmtrack", Map.of("version", LlmTrackVersion.get()));
	}

}
