def refusals(get_response):
    return get_response
