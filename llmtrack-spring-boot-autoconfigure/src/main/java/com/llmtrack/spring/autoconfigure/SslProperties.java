// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.util.StringUtils;

/**
 * TLS on the way to LLMtrack.
 *
 * @param bundle Name of the SSL bundle for connections to LLMtrack. If not set, the JVM's
 * defaults apply.
 */
record SslProperties(@Nullable String bundle) {

	@ConstructorBinding
	SslProperties {
		bundle = StringUtils.hasText(bundle) ? bundle.strip() : null;
	}

	SslProperties() {
		this(null);
	}

}
