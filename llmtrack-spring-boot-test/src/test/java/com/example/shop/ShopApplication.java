// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the examples in the documentation.
 */
@SpringBootApplication
class ShopApplication {

}
