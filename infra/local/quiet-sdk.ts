/** The AWS SDK warns of Node versions it will drop one day; said once in the README, not at each start. */
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
