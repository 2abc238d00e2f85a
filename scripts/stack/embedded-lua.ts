/**
 * Adapts a script for Redis' Lua 5.1 to the stand-in's Lua 5.3: `cjson`, replies as tables with `false` for missing values, Redis'
 * number format. The stand-in loses the order of longer replies, so the result is returned as JSON.
 */
export function scriptForStandIn(script: string): string {
  return `${PRELUDE}\nreturn standin_answer((function() ${script}\nend)())`;
}

const PRELUDE = String.raw`
local function text(value)
  if type(value) ~= 'number' then return tostring(value) end
  if value == math.floor(value) then return string.format('%.0f', value) end
  return string.format('%.17g', value)
end
local function reply(value)
  local kind = type(value)
  if value == nil or value == false then return false end
  if kind == 'string' or kind == 'number' or kind == 'boolean' then return value end
  local length = type(value) ~= 'table' and tostring(value) == 'null' and -1 or #value
  if length < 0 then return false end
  local list = {}
  for i = 1, length do list[i] = reply(value[i]) end
  return list
end
local bare = redis
local function calling(how)
  return function(...)
    local args = table.pack(...)
    for i = 1, args.n do args[i] = text(args[i]) end
    return reply(how(table.unpack(args, 1, args.n)))
  end
end
redis = { call = calling(bare.call), pcall = calling(bare.pcall) }
unpack = table.unpack

local ESCAPES = { ['"'] = '\\"', ['\\'] = '\\\\' }
local function quoted(value)
  local escaped = string.gsub(value, '[%c"\\]', function(c) return ESCAPES[c] or string.format('\\u%04x', string.byte(c)) end)
  return '"' .. escaped .. '"'
end
local function encode(value)
  local kind = type(value)
  if kind == 'string' then return quoted(value) end
  if kind == 'number' then return text(value) end
  if kind == 'boolean' then return tostring(value) end
  if kind ~= 'table' then return 'null' end
  local parts = {}
  if #value > 0 then
    for i = 1, #value do parts[i] = encode(value[i]) end
    return '[' .. table.concat(parts, ',') .. ']'
  end
  for name, field in pairs(value) do parts[#parts + 1] = quoted(tostring(name)) .. ':' .. encode(field) end
  return '{' .. table.concat(parts, ',') .. '}'
end

local parse
local UNESCAPES = { b = '\b', f = '\f', n = '\n', r = '\r', t = '\t' }
local function parse_text(json, at)
  local parts = {}
  while true do
    local stop = string.find(json, '["\\]', at)
    if not stop then error('the text does not end') end
    parts[#parts + 1] = string.sub(json, at, stop - 1)
    if string.sub(json, stop, stop) == '"' then return table.concat(parts), stop + 1 end
    local c = string.sub(json, stop + 1, stop + 1)
    if c == 'u' then
      parts[#parts + 1] = utf8.char(tonumber(string.sub(json, stop + 2, stop + 5), 16))
      at = stop + 6
    else
      parts[#parts + 1] = UNESCAPES[c] or c
      at = stop + 2
    end
  end
end
local function parse_all(json, at, close, add)
  at = string.find(json, '%S', at)
  while at and string.sub(json, at, at) ~= close do
    at = string.find(json, '%S', add(at))
    if string.sub(json, at, at) == ',' then at = string.find(json, '%S', at + 1) end
  end
  if not at then error('the list does not end') end
  return at + 1
end
function parse(json, at)
  at = string.find(json, '%S', at)
  if not at then error('nothing there') end
  local c = string.sub(json, at, at)
  if c == '"' then return parse_text(json, at + 1) end
  if c == '[' then
    local list = {}
    return list, parse_all(json, at + 1, ']', function(from)
      local value, after = parse(json, from)
      list[#list + 1] = value
      return after
    end)
  end
  if c == '{' then
    local object = {}
    return object, parse_all(json, at + 1, '}', function(from)
      local name, colon = parse(json, from)
      local value, after = parse(json, string.find(json, ':', colon, true) + 1)
      object[name] = value
      return after
    end)
  end
  for word, value in pairs({ ['true'] = true, ['false'] = false, ['null'] = cjson.null }) do
    if string.sub(json, at, at + #word - 1) == word then return value, at + #word end
  end
  local number = string.match(json, '^-?[%d.eE+-]+', at)
  if not number then error('no JSON') end
  return tonumber(number), at + #number
end
cjson = { encode = encode, null = setmetatable({}, { __name = 'null' }) }
function cjson.decode(json) return (parse(json, 1)) end

local function wire(value)
  local kind = type(value)
  if kind == 'string' then return quoted(value) end
  if kind == 'number' then return string.format('%.0f', value < 0 and math.ceil(value) or math.floor(value)) end
  if value == true then return '1' end
  if kind ~= 'table' then return 'null' end
  local parts = {}
  for i = 1, math.huge do
    if value[i] == nil then break end
    parts[i] = wire(value[i])
  end
  return '[' .. table.concat(parts, ',') .. ']'
end
function standin_answer(value) return wire(value) end
`;
