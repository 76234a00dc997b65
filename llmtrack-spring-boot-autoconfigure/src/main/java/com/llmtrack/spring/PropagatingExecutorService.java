// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.concurrent.ExecutorService;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Runs each task under the context of the thread that submitted it, and propagates
 * nothing else.
 */
final class PropagatingExecutorService extends ContextExecutorService<ExecutorService> implements AutoCloseable {

	private static final ContextSnapshotFactory CONTEXT = ContextSnapshotFactory.builder()
		.contextRegistry(new ContextRegistry().registerThreadLocalAccessor(new LlmContextThreadLocalAccessor()))
		.clearMissing(true)
		.build();

	PropagatingExecutorService(ExecutorService delegate) {
		super(delegate, CONTEXT::captureAll);
	}

	@Override
	public void close() {
		// A method of the interface since Java 19. The common pool overrides it, because
		// the default would wait forever for its termination
		if (getExecutorService() instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
