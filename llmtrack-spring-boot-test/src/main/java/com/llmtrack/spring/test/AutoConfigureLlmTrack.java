// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * On a test class, has the events of its application recorded in memory, where the
 * {@link LlmUsageEvents} bean shows them to the test. Nothing is sent to LLMtrack,
 * whatever the application's properties and the environment say: no key is needed, and
 * one that there is, is not used. {@code llmtrack.enabled=false} does not count, either.
 * <p>
 * Works with {@code @SpringBootTest}, with tests of slices, and with any other test of
 * Spring's that has Spring Boot's test support on its class path. What is recorded is
 * forgotten before each test method.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureLlmTrack {

}
