// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

/**
 * Tests for {@link FakeAccountStore}, which other tests use for real ones.
 */
class FakeAccountStoreTests extends AbstractAccountStoreContractTests {

	private final FakeAccountStore store = new FakeAccountStore(null);

	@Override
	protected AccountStore store() {
		return this.store.ofOtherInstance();
	}

}
