package com.example;

import com.llmtrack.spring.LlmFeature;

@LlmFeature("support-chat")
class SupportChat {

}
