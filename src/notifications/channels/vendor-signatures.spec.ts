import { describe, expect, it } from '@jest/globals';
import { aliyunAuthorization, aliyunQuery, sha256 } from './aliyun-signature.js';
import { tencentAuthorization } from './tencent-signature.js';

describe('the V3 signature of Alibaba Cloud', () => {
  it("is that of the vendor's published example", () => {
    const authorization = aliyunAuthorization(
      {
        method: 'POST',
        path: '/',
        query: {
          RegionId: 'cn-shanghai',
          ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
        },
        headers: {
          'x-acs-version': '2014-05-26',
          host: 'ecs.cn-shanghai.aliyuncs.com',
          accept: 'application/json',
          'x-acs-action': 'RunInstances',
          'x-acs-date': '2023-10-26T10:22:32Z',
          'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
          'x-acs-content-sha256': sha256(''),
        },
      },
      { id: 'YourAccessKeyId', secret: 'YourAccessKeySecret' },
    );
    expect(authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('writes a query as RFC 3986 has it, sorted', () => {
    expect(aliyunQuery({ b: "a b*+~'()!", A: '【安康】{"no":"1"}' })).toBe(
      'A=%E3%80%90%E5%AE%89%E5%BA%B7%E3%80%91%7B%22no%22%3A%221%22%7D&b=a%20b%2A%2B~%27%28%29%21',
    );
  });
});

describe('the signature v3 of Tencent Cloud', () => {
  /** The request of its documentation, by POST. */
  const instances = {
    method: 'POST',
    query: '',
    body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
    service: 'cvm',
    timestamp: 1_551_113_065,
  };
  const headers = { host: 'cvm.tencentcloudapi.com', 'content-type': 'application/json; charset=utf-8' };

  it.each([
    [
      'of today, with the action signed',
      { ...instances, headers: { ...headers, 'x-tc-action': 'DescribeInstances' } },
      { id: 'AKID********************************', secret: '********************************' },
      'TC3-HMAC-SHA256 Credential=AKID********************************/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
    ],
    [
      'of before',
      { ...instances, headers },
      { id: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' },
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    ],
    [
      'by GET',
      {
        ...instances,
        method: 'GET',
        query: 'Limit=10&Offset=0',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: '',
        timestamp: 1_539_084_154,
      },
      { id: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' },
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2018-10-09/cvm/tc3_request, SignedHeaders=content-type;host, Signature=5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474',
    ],
  ])("is that of the vendor's published example, %s", (_, request, key, authorization) => {
    expect(tencentAuthorization(request, key)).toBe(authorization);
  });
});
